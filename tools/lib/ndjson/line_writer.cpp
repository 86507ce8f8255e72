#include "ndjson/line_writer.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/system_reason.hpp"
#include "base/write_all.hpp"
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
  if (!write_all(descriptor_, buffer_)) {
    if (errno == EPIPE) throw ReaderGone{};
    throw Failure{"could not write everything: " + system_reason(errno)};
  }
  buffer_.clear();
}

LineFile::LineFile(const std::string& path)
    : file_{is_elsewhere(path) ? std::nullopt : std::optional<NewFile>{std::in_place, path}},
      descriptor_{file_ ? file_->descriptor() : ::open(path.c_str(), O_WRONLY | O_CLOEXEC)},
      lines_{descriptor_} {
  if (descriptor_ < 0) throw Failure{path + ": " + system_reason(errno)};
}

LineFile::~LineFile() {
  if (!file_) ::close(descriptor_);
}

void LineFile::finish() {
  lines_.flush();
  if (file_) file_->place();
}
