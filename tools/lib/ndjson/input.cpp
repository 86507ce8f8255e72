#include "ndjson/input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/system_reason.hpp"
#include "cli/errors.hpp"

namespace {

constexpr std::size_t kPipe = 256 * 1024;   // the fastest size
constexpr std::size_t kPiece = 128 * 1024;  // stays in the cache while it is looked at
constexpr std::size_t kFirst = 16 * 1024;   // most are small, and what is made room for is cleared

int open_input(const std::string& file) {
  if (file == "-") return STDIN_FILENO;
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor >= 0) return descriptor;
  if (errno == ENOENT && file.find("://") != std::string::npos)
    throw Failure{file + ": expected a file, not an address; the man page has an example"};
  throw Failure{file + ": " + system_reason(errno)};
}

}  // namespace

Input::Input(const std::string& file)
    : name_{file == "-" ? "stdin" : file}, descriptor_{open_input(file)} {
#ifdef F_SETPIPE_SZ
  ::fcntl(descriptor_, F_SETPIPE_SZ, static_cast<int>(kPipe));  // fails on files, harmlessly
#endif
}

Input::~Input() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
}

std::size_t Input::read(char* into, std::size_t size) const {
  for (;;) {
    const ssize_t count = ::read(descriptor_, into, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) throw Failure{name_ + ": " + system_reason(errno)};
  }
}

std::size_t Input::size_left() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  const off_t at = ::lseek(descriptor_, 0, SEEK_CUR);
  return at >= 0 && status.st_size > at ? static_cast<std::size_t>(status.st_size - at) : 0;
}

void Buffer::grow(std::size_t used) {
  std::unique_ptr<char[]> bigger{new char[2 * size_]};
  std::memcpy(bigger.get(), bytes_.get(), used);
  bytes_ = std::move(bigger);
  size_ *= 2;
}

std::string read_file(const std::string& path) {
  const Input input{path};
  std::string content;
  for (;;) {
    const std::size_t before = content.size();
    const std::size_t more = std::clamp(before, kFirst, kPipe);
    content.resize(before + more);
    const std::size_t count = input.read(content.data() + before, more);
    content.resize(before + count);
    if (count == 0) return content;
  }
}

void for_each_piece(const std::string& file, std::size_t first, const UsePiece& use) {
  const Input input{file};
  Buffer buffer{2 * kPiece};
  std::size_t end = 0;
  // A file that is known to be larger need not be waited for.
  for (std::size_t least = input.size_left() > first ? 0 : first;;) {
    if (buffer.size() - end < kPiece) buffer.grow(end);
    const std::size_t count = input.read(buffer.data() + end, kPiece);
    end += count;
    if (count > 0 && end < least) continue;
    least = 0;
    const std::size_t done = use({buffer.data(), end}, count == 0);
    if (count == 0) return;
    std::memmove(buffer.data(), buffer.data() + done, end - done);
    end -= done;
  }
}
