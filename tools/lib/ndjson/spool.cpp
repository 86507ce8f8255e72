#include "ndjson/spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "base/system_reason.hpp"
#include "base/write_all.hpp"
#include "cli/errors.hpp"

namespace {

constexpr std::size_t kBlock = 256 << 10;

// Where temporary files are, as the user wishes.
std::string folder() {
  const char* wished = std::getenv("TMPDIR");
  return wished && *wished ? wished : "/var/tmp";
}

[[noreturn]] void fail() {
  const std::string why = system_reason(errno);
  throw Failure{"no temporary file in " + folder() + ": " + why +
                "; TMPDIR can name another folder"};
}

}  // namespace

Spool::Spool() {
  std::string name = folder() + "/session-communities-XXXXXX";
  descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor_ < 0) fail();
  ::unlink(name.c_str());
}

Spool::~Spool() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Spool::Spool(Spool&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)},
      size_{other.size_},
      buffer_{std::move(other.buffer_)} {}

Spool& Spool::operator=(Spool&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  std::swap(buffer_, other.buffer_);
  return *this;
}

Spool::Slot Spool::add(std::string_view text) {
  const Slot slot{size_, static_cast<std::uint32_t>(text.size())};
  buffer_.append(text);
  size_ += text.size();
  if (buffer_.size() >= kBlock) flush();
  return slot;
}

void Spool::flush() {
  if (!write_all(descriptor_, buffer_)) fail();
  buffer_.clear();
}

std::string_view SpoolReader::read(Spool::Slot slot) {
  if (slot.offset < begin_ || slot.offset + slot.size > begin_ + buffer_.size()) {
    const bool in_order = slot.offset == last_;
    const std::uint64_t most = spool_->size_ - slot.offset;
    buffer_.resize(std::min<std::uint64_t>(
        most, in_order ? std::max<std::uint64_t>(slot.size, kBlock) : slot.size));
    begin_ = slot.offset;
    for (std::size_t done = 0; done < buffer_.size();) {
      const ssize_t count = ::pread(spool_->descriptor_, buffer_.data() + done,
                                    buffer_.size() - done, static_cast<off_t>(begin_ + done));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) fail();
      done += static_cast<std::size_t>(count);
    }
  }
  last_ = slot.offset + slot.size;
  return std::string_view{buffer_}.substr(slot.offset - begin_, slot.size);
}
