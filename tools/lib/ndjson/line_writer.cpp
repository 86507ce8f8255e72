#include "ndjson/line_writer.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/system_reason.hpp"
#include "cli/errors.hpp"

namespace {

constexpr std::size_t kWrite = 64 * 1024;  // what a pipe takes at once

// Whether there is something that a file must not replace: a device, a pipe.
bool is_elsewhere(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

}  // namespace

void LineWriter::write(std::string_view line) {
  buffer_.append(line).push_back('\n');
  if (buffer_.size() >= kWrite) flush();
}

void LineWriter::write_lines(std::string_view lines) {
  buffer_.append(lines);
  if (buffer_.size() >= kWrite) flush();
}

void LineWriter::check_reader() const {
  pollfd end{descriptor_, 0, 0};
  if (::poll(&end, 1, 0) > 0 && (end.revents & POLLERR) != 0) throw ReaderGone{};
}

void LineWriter::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
    if (count >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EPIPE) {
      throw ReaderGone{};
    } else if (errno != EINTR) {
      throw Failure{"could not write everything: " + system_reason(errno)};
    }
  }
  buffer_.clear();
}

LineFile::LineFile(std::string path)
    : path_{std::move(path)},
      beside_{is_elsewhere(path_) ? "" : path_ + ".new"},
      descriptor_{::open((beside_.empty() ? path_ : beside_).c_str(),
                         O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)},
      lines_{descriptor_} {
  if (descriptor_ < 0) throw Failure{path_ + ": " + system_reason(errno)};
}

LineFile::~LineFile() {
  ::close(descriptor_);
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

void LineFile::finish() {
  lines_.flush();
  if (beside_.empty()) return;
  if (::rename(beside_.c_str(), path_.c_str()) != 0)
    throw Failure{path_ + ": " + system_reason(errno)};
  beside_.clear();
}
