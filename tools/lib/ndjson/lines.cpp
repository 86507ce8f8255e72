#include "ndjson/lines.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <memory>
#include <optional>
#include <system_error>

#include "cli/errors.hpp"
#include "cli/options.hpp"

namespace {

constexpr std::size_t kBlock = 256 * 1024;       // the fastest size on files and pipes
constexpr std::size_t kWrite = 64 * 1024;        // what a pipe takes at once
constexpr std::size_t kPiece = 128 * 1024;       // stays in the cache while it is looked at
constexpr std::size_t kLongestLine = 512 << 20;  // bytes; a page of a source is far smaller

std::string reason_of(int error) { return std::generic_category().message(error); }

class Descriptor {
 public:
  explicit Descriptor(int number) : number_{number} {}
  ~Descriptor() {
    if (number_ > STDERR_FILENO) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

int open_input(const std::string& file) {
  if (file == "-") return STDIN_FILENO;
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw Failure{file + ": " + reason_of(errno)};
  return descriptor;
}

std::size_t read_some(int descriptor, char* into, std::size_t size, std::string_view name) {
  for (;;) {
    const ssize_t count = ::read(descriptor, into, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) throw Failure{std::string{name} + ": " + reason_of(errno)};
  }
}

// Whether there is something that a file must not replace: a device, a pipe.
bool is_elsewhere(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

void widen_pipe([[maybe_unused]] int descriptor) {
#ifdef F_SETPIPE_SZ
  ::fcntl(descriptor, F_SETPIPE_SZ, static_cast<int>(kBlock));  // fails on files, harmlessly
#endif
}

// Memory that is not touched before it is needed: a page of it costs more than
// reading into it.
class Buffer {
 public:
  explicit Buffer(std::size_t size) : bytes_{new char[size]}, size_{size} {}
  char* data() { return bytes_.get(); }
  std::size_t size() const { return size_; }
  // Doubles the size; the first `used` bytes stay.
  void grow(std::size_t used) {
    std::unique_ptr<char[]> bigger{new char[2 * size_]};
    std::memcpy(bigger.get(), bytes_.get(), used);
    bytes_ = std::move(bigger);
    size_ *= 2;
  }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

// What is left of a regular file; 0 if that can't be told.
std::size_t size_left(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  const off_t at = ::lseek(descriptor, 0, SEEK_CUR);
  return at >= 0 && status.st_size > at ? static_cast<std::size_t>(status.st_size - at) : 0;
}

// Gives every line of one input to `use`.
void split_lines(const std::string& file, const UseLine& use) {
  const std::string name = file == "-" ? "stdin" : file;
  const Descriptor input{open_input(file)};
  widen_pipe(input.number());
  Buffer buffer{2 * kBlock};
  std::size_t begin = 0, end = 0;  // the unread bytes
  std::size_t searched = 0;        // up to here there is no newline
  std::size_t number = 0;
  for (;;) {
    while (const void* newline = std::memchr(buffer.data() + searched, '\n', end - searched)) {
      const auto stop = static_cast<std::size_t>(static_cast<const char*>(newline) - buffer.data());
      use({{buffer.data() + begin, stop - begin}, name, ++number});
      begin = searched = stop + 1;
    }
    searched = end;
    if (buffer.size() - end < kBlock) {
      if (begin > 0) {
        std::memmove(buffer.data(), buffer.data() + begin, end - begin);
        end -= begin;
        searched -= begin;
        begin = 0;
      }
      if (end > kLongestLine)
        throw Failure{name + ":" + std::to_string(number + 1) + ": a line of more than " +
                      std::to_string(kLongestLine >> 20) + " MiB"};
      if (buffer.size() - end < kBlock) buffer.grow(end);
    }
    const std::size_t count = read_some(input.number(), buffer.data() + end, kBlock, name);
    if (count == 0) break;
    end += count;
  }
  if (end > begin) use({{buffer.data() + begin, end - begin}, name, ++number});
}

}  // namespace

std::string Line::place() const { return std::string{file} + ":" + std::to_string(number); }

JsonView Line::json(JsonText& memory) const {
  const Result<JsonView> read = memory.read(text);
  if (!read) throw BadLine{"expected one JSON object on this line: " + read.reason()};
  if (!read->object()) throw BadLine{"expected one JSON object on this line"};
  return *read;
}

void add_bad_line_options(Options& options, BadLinePolicy& policy) {
  options.flag("keep-going", "report a bad record and continue; the exit status is still 1",
               policy.keep_going);
  options.text("rejects", "FILE", "with --keep-going: write bad records here, unchanged",
               policy.rejects);
}

BadLines::BadLines(const BadLinePolicy& policy, std::string_view tool)
    : keep_going_{policy.keep_going}, tool_{tool} {
  if (policy.rejects.empty()) return;
  if (!keep_going_) throw UsageError{"--rejects needs --keep-going"};
  rejects_ = ::open(policy.rejects.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (rejects_ < 0) throw Failure{policy.rejects + ": " + reason_of(errno)};
}

BadLines::~BadLines() {
  if (rejects_ >= 0) ::close(rejects_);
}

void BadLines::add(const Line& line, const BadLine& bad) {
  const std::string message = line.place() + ": " + bad.why;
  if (!keep_going_) {
    if (excuse_ && excuse_(line, bad)) return;
    throw Failure{message};
  }
  std::cerr << tool_ << ": " << message << '\n';
  status_ = kFailed;
  if (rejects_ < 0) return;
  LineWriter writer{rejects_};
  writer.write(line.text);
  writer.flush();
}

void for_each_line(const std::vector<std::string>& files, BadLines& bad_lines, const UseLine& use) {
  const auto careful = [&](const Line& line) {
    try {
      use(line);
    } catch (const BadLine& bad) {
      bad_lines.add(line, bad);
    }
  };
  if (files.empty()) split_lines("-", careful);
  for (const std::string& file : files) split_lines(file, careful);
}

int for_each_line(const std::vector<std::string>& files, const BadLinePolicy& policy,
                  std::string_view tool, const UseLine& use) {
  BadLines bad_lines{policy, tool};
  for_each_line(files, bad_lines, use);
  return bad_lines.status();
}

void for_each_piece(const std::string& file, std::size_t first, const UsePiece& use) {
  const std::string name = file == "-" ? "stdin" : file;
  const Descriptor input{open_input(file)};
  widen_pipe(input.number());
  Buffer buffer{2 * kPiece};
  std::size_t end = 0;
  // A file that is known to be larger need not be waited for.
  for (std::size_t least = size_left(input.number()) > first ? 0 : first;;) {
    if (buffer.size() - end < kPiece) buffer.grow(end);
    const std::size_t count = read_some(input.number(), buffer.data() + end, kPiece, name);
    end += count;
    if (count > 0 && end < least) continue;
    least = 0;
    const std::size_t done = use({buffer.data(), end}, count == 0);
    if (count == 0) return;
    std::memmove(buffer.data(), buffer.data() + done, end - done);
    end -= done;
  }
}

std::string read_file(const std::string& path) {
  constexpr std::size_t kFirst = 16 * 1024;  // most are small, and what is made room for is cleared
  const Descriptor input{open_input(path)};
  std::string content;
  for (;;) {
    const std::size_t before = content.size();
    const std::size_t more = std::clamp(before, kFirst, kBlock);
    content.resize(before + more);
    const std::size_t count = read_some(input.number(), content.data() + before, more, path);
    content.resize(before + count);
    if (count == 0) return content;
  }
}

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
      throw Failure{"could not write everything: " + reason_of(errno)};
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
  if (descriptor_ < 0) throw Failure{path_ + ": " + reason_of(errno)};
}

LineFile::~LineFile() {
  ::close(descriptor_);
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

void LineFile::finish() {
  lines_.flush();
  if (beside_.empty()) return;
  if (::rename(beside_.c_str(), path_.c_str()) != 0) throw Failure{path_ + ": " + reason_of(errno)};
  beside_.clear();
}
