#include "output/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <utility>

#include "cli/errors.hpp"
#include "ndjson/lines.hpp"

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kList = ".made-by-render";
constexpr std::size_t kBlock = 256 << 10;

[[noreturn]] void fail(const std::string& place) {
  throw Failure{place + ": " + std::strerror(errno)};
}

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

bool is_safe(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find("..") != std::string_view::npos ||
      path.find("//") != std::string_view::npos || path.back() == '/')
    return false;
  return std::all_of(path.begin(), path.end(), [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::strchr("._~+-/", c);
  });
}

void write_all(int descriptor, std::string_view text, const std::string& place) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(place);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

int create(const std::string& place) {
  const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
  int descriptor = ::open(place.c_str(), flags, 0644);
  if (descriptor < 0 && errno == ENOENT) {
    std::error_code error;
    fs::create_directories(fs::path{place}.parent_path(), error);
    descriptor = ::open(place.c_str(), flags, 0644);
  }
  if (descriptor < 0) fail(place);
  return descriptor;
}

void move_in(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) == 0) return;
  const int why = errno;
  ::unlink(from.c_str());
  errno = why;
  fail(to);
}

// What the lines of the list hold: PATH, or PATH SIZE MADE_FROM.
template <class Use>
void each_line(std::string_view list, Use&& use) {
  for (auto end = list.find('\n'); end != std::string_view::npos; end = list.find('\n')) {
    use(list.substr(0, end));
    list.remove_prefix(end + 1);
  }
}
std::string_view path_in(std::string_view line) { return line.substr(0, line.find(' ')); }
std::uint64_t number_of(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::int64_t nanoseconds_of(const struct stat& status) {
  return status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
}

// The content, unless there is no such file or it has another size.
std::optional<std::string> content_of(const std::string& place, std::optional<std::size_t> size) {
  const int descriptor = ::open(place.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  struct stat status {};
  std::optional<std::string> content;
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
      (!size || static_cast<std::size_t>(status.st_size) == *size)) {
    content.emplace(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t done = 0;
    while (done < content->size()) {
      const ssize_t count = ::read(descriptor, content->data() + done, content->size() - done);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) break;
      done += static_cast<std::size_t>(count);
    }
    content->resize(done);
  }
  ::close(descriptor);
  return content;
}

// Are the two files equal? Read side by side, a block at a time.
bool same_files(const std::string& a, const std::string& b) {
  std::error_code error;
  const auto size = fs::file_size(a, error);
  if (error || fs::file_size(b, error) != size || error) return false;
  const int left = ::open(a.c_str(), O_RDONLY | O_CLOEXEC);
  const int right = ::open(b.c_str(), O_RDONLY | O_CLOEXEC);
  bool same = left >= 0 && right >= 0;
  std::string block(kBlock, '\0'), other(kBlock, '\0');
  for (off_t at = 0; same;) {
    const ssize_t count = ::pread(left, block.data(), kBlock, at);
    if (count <= 0) {
      same = count == 0;
      break;
    }
    same = ::pread(right, other.data(), static_cast<std::size_t>(count), at) == count &&
           std::memcmp(block.data(), other.data(), static_cast<std::size_t>(count)) == 0;
    at += count;
  }
  if (left >= 0) ::close(left);
  if (right >= 0) ::close(right);
  return same;
}

std::string beside(const std::string& place) {
  const auto slash = place.rfind('/');
  return place.substr(0, slash + 1) + ".new-" + place.substr(slash + 1);
}

}  // namespace

OutputFolder::OutputFolder(std::string folder) : folder_{std::move(folder)} {
  while (folder_.size() > 1 && folder_.back() == '/') folder_.pop_back();
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) throw Failure{folder_ + ": " + error.message()};
  const std::string list = place(std::string{kList});
  struct stat status {};
  if (::stat(list.c_str(), &status) != 0) return;
  before_at_ = nanoseconds_of(status);
  before_ = content_of(list, std::nullopt).value_or("");
  each_line(before_, [this](std::string_view line) {
    const auto mark = line.rfind(' ');
    if (mark != std::string_view::npos)
      before_by_mark_[number_of(line.substr(mark + 1))].push_back(line);
  });
}

void OutputFolder::claim(const std::string& path, std::string_view how) {
  if (!is_safe(path)) throw std::logic_error{"not a path for output: " + path};
  const std::lock_guard lock{mutex_};
  lines_.append(path).append(how).push_back('\n');
  std::string folded = path;
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  claimed_.push_back(hash_of(folded));
}

void OutputFolder::write(const std::string& path, std::string_view content,
                         std::uint64_t made_from) {
  claim(path, made_from == 0
                  ? std::string{}
                  : " " + std::to_string(content.size()) + " " + std::to_string(made_from));
  const std::string target = place(path);
  const auto there = content_of(target, content.size());
  if (there && *there == content) return;
  const std::string fresh = beside(target);
  const int descriptor = create(fresh);
  try {
    write_all(descriptor, content, fresh);
  } catch (...) {
    ::close(descriptor);
    ::unlink(fresh.c_str());
    throw;
  }
  ::close(descriptor);
  move_in(fresh, target);
}

void OutputFolder::keep(const std::string& path) { claim(path); }

bool OutputFolder::keep_made_from(std::uint64_t made_from) {
  const auto found = before_by_mark_.find(made_from);
  if (made_from == 0 || found == before_by_mark_.end()) return false;
  for (const std::string_view line : found->second) {
    const std::string_view path = path_in(line);
    struct stat status {};
    if (!is_safe(path) || ::lstat(place(std::string{path}).c_str(), &status) != 0 ||
        !S_ISREG(status.st_mode) || nanoseconds_of(status) > before_at_ ||
        static_cast<std::uint64_t>(status.st_size) != number_of(line.substr(path.size() + 1)))
      return false;
  }
  for (const std::string_view line : found->second) {
    const std::string_view path = path_in(line);
    claim(std::string{path}, line.substr(path.size()));
  }
  return true;
}

std::optional<std::string> OutputFolder::read(const std::string& path) const {
  return content_of(place(path), std::nullopt);
}

void OutputFolder::finish() {
  std::sort(claimed_.begin(), claimed_.end());
  if (std::adjacent_find(claimed_.begin(), claimed_.end()) != claimed_.end())
    throw std::logic_error{"two files of the output have one name"};

  std::vector<std::string_view> mine;
  each_line(lines_, [&mine](std::string_view line) { mine.push_back(line); });
  const auto by_path = [](std::string_view a, std::string_view b) {
    return path_in(a) < path_in(b);
  };
  std::sort(mine.begin(), mine.end(), by_path);

  const std::string list = place(std::string{kList});
  each_line(before_, [&](std::string_view line) {
    const std::string path{path_in(line)};
    if (!is_safe(path) || std::binary_search(mine.begin(), mine.end(), line, by_path)) return;
    ::unlink(place(path).c_str());
    for (auto slash = path.rfind('/'); slash != std::string::npos;
         slash = path.rfind('/', slash - 1)) {
      if (::rmdir(place(path.substr(0, slash)).c_str()) != 0 || slash == 0) break;
    }
  });
  std::string content;
  content.reserve(lines_.size());
  for (const std::string_view line : mine) content.append(line).push_back('\n');
  const int descriptor = create(beside(list));
  write_all(descriptor, content, list);
  ::close(descriptor);
  move_in(beside(list), list);
}

OutputFile::OutputFile(OutputFolder& folder, std::string path)
    : folder_{folder}, path_{std::move(path)}, new_place_{beside(folder_.place(path_))} {
  folder_.claim(path_);
  descriptor_ = create(new_place_);
}

OutputFile::~OutputFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(new_place_.c_str());
}

void OutputFile::write(std::string_view text) {
  buffer_.append(text);
  if (buffer_.size() >= kBlock) flush();
}

void OutputFile::flush() {
  write_all(descriptor_, buffer_, new_place_);
  buffer_.clear();
}

void OutputFile::commit() {
  flush();
  ::close(std::exchange(descriptor_, -1));
  const std::string target = folder_.place(path_);
  if (same_files(new_place_, target))
    ::unlink(new_place_.c_str());
  else
    move_in(new_place_, target);
}
