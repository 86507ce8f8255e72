#include "output/tree.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "base/handle.hpp"
#include "base/system_reason.hpp"
#include "base/write_all.hpp"
#include "cli/errors.hpp"
#include "cli/new_file.hpp"

namespace {

constexpr std::size_t kBlock = 256 << 10;
constexpr mode_t kFileMode = 0644, kFolderMode = 0755;

Descriptor open_file(int folder, const std::string& path, int flags) {
  return Descriptor{::openat(folder, path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, kFileMode)};
}

// As many bytes as there are, up to `size`.
std::size_t read_some(int file, char* into, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t count = ::read(file, into + done, size - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

void fail(const std::string& place, int error) {
  throw Failure{place + ": " + system_reason(error)};
}

void write_all(const Descriptor& file, std::string_view text, const std::string& place) {
  if (!::write_all(file.number(), text)) fail(place, errno);
}

std::optional<Tree> Tree::open(const std::string& place) {
  Descriptor folder{::open(place.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (folder) return Tree{std::move(folder), place};
  if (errno != ENOENT) fail(place, errno);
  return std::nullopt;
}

Tree Tree::make(const std::string& place) {
  if (::mkdir(place.c_str(), kFolderMode) != 0 && errno != EEXIST) fail(place, errno);
  if (auto tree = open(place)) return std::move(*tree);
  fail(place, ENOENT);
}

std::optional<FileState> Tree::state(const std::string& path) const {
  struct stat status {};
  if (::fstatat(descriptor(), path.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 ||
      !S_ISREG(status.st_mode))
    return std::nullopt;
  return FileState{static_cast<std::uint64_t>(status.st_size), status.st_ino, status.st_nlink,
                   status.st_ctim.tv_sec * 1'000'000'000 + status.st_ctim.tv_nsec};
}

bool Tree::has(const std::string& path) const {
  return ::faccessat(descriptor(), path.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

bool Tree::is_folder(const std::string& path) const {
  struct stat status {};
  return ::fstatat(descriptor(), path.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISDIR(status.st_mode);
}

std::optional<std::string> Tree::read(const std::string& path) const {
  const auto there = state(path);
  const Descriptor file = open_file(descriptor(), path, O_RDONLY);
  if (!there || !file) return std::nullopt;
  std::string content(there->size, '\0');
  content.resize(read_some(file.number(), content.data(), content.size()));
  return content;
}

bool Tree::holds(const std::string& path, std::string_view content) const {
  const auto there = state(path);
  return there && there->size == content.size() && read(path) == content;
}

void Tree::make_folders_of(const std::string& path) const {
  for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const std::string folder = path.substr(0, slash);
    if (::mkdirat(descriptor(), folder.c_str(), kFolderMode) == 0) continue;
    if (errno != EEXIST) fail(name(folder), errno);
    if (is_folder(folder)) continue;
    ::unlinkat(descriptor(), folder.c_str(), 0);
    if (::mkdirat(descriptor(), folder.c_str(), kFolderMode) != 0) fail(name(folder), errno);
  }
}

Descriptor Tree::create(const std::string& path) const {
  constexpr int kNew = O_WRONLY | O_CREAT | O_EXCL;
  Descriptor file = open_file(descriptor(), path, kNew);
  if (file) return file;
  if (errno == EEXIST) {
    if (const auto there = state(path); there && there->links == 1) {
      file = open_file(descriptor(), path, O_WRONLY | O_TRUNC);
      if (file) return file;
    }
    remove(path, false);
  } else if (errno == ENOENT || errno == ENOTDIR) {
    make_folders_of(path);
  } else {
    fail(name(path), errno);
  }
  file = open_file(descriptor(), path, kNew);
  if (!file) fail(name(path), errno);
  return file;
}

void Tree::write(const std::string& path, std::string_view content) const {
  write_all(create(path), content, name(path));
}

void Tree::replace(const std::string& path, std::string_view content) const {
  NewFile fresh{name(path)};
  fresh.write(content);
  fresh.place();
}

void Tree::take(const Tree& other, const std::string& path) const {
  const auto there = other.state(path), here = state(path);
  if (!there) fail(other.name(path), ENOENT);
  if (here && here->inode == there->inode) return;
  const auto link = [&] {
    return ::linkat(other.descriptor(), path.c_str(), descriptor(), path.c_str(), 0) == 0;
  };
  if (here) remove(path, false);
  if (link()) return;
  if (errno == EEXIST) {
    remove(path, false);
  } else if (errno == ENOENT || errno == ENOTDIR) {
    make_folders_of(path);
  }
  if (link()) return;
  // A file that has another owner or too many links can't be linked, so it is copied.
  if (errno != EPERM && errno != EMLINK && errno != EXDEV) fail(name(path), errno);
  const Descriptor copy = create(path);
  each_block(other, path, [&](std::string_view block) { write_all(copy, block, name(path)); });
}

void Tree::each_in(const std::string& folder, const Use& use) const {
  const int opened = ::openat(descriptor(), folder.empty() ? "." : folder.c_str(),
                              O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (opened < 0) fail(name(folder), errno);
  const Handle<DIR, ::closedir> entries{::fdopendir(opened)};
  std::vector<std::string> folders;
  while (const dirent* found = ::readdir(entries.get())) {
    const std::string_view name = found->d_name;
    if (name == "." || name == "..") continue;
    Entry entry{folder.empty() ? "" : folder + "/", found->d_type == DT_DIR, found->d_ino};
    entry.path += name;
    if (found->d_type == DT_UNKNOWN) entry.is_folder = is_folder(entry.path);
    if (use(entry) && entry.is_folder) folders.push_back(std::move(entry.path));
  }
  for (const std::string& path : folders) each_in(path, use);
}

void Tree::remove(const std::string& path, bool is_folder) const {
  if (!is_folder) {
    if (::unlinkat(descriptor(), path.c_str(), 0) == 0 || errno == ENOENT) return;
    if (errno != EISDIR) fail(name(path), errno);
  }
  std::vector<Entry> content;
  each_in(path, [&](const Entry& entry) {
    content.push_back(entry);
    return false;
  });
  for (const Entry& entry : content) remove(entry.path, entry.is_folder);
  if (::unlinkat(descriptor(), path.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT)
    fail(name(path), errno);
}

void Tree::sync() const {
  if (::syncfs(descriptor()) != 0) fail(place_, errno);
}

bool same_content(const Tree& a, const Tree& b, const std::string& path) {
  const auto state = a.state(path), other_state = b.state(path);
  if (!state || !other_state || state->size != other_state->size) return false;
  const Descriptor left = open_file(a.descriptor(), path, O_RDONLY);
  const Descriptor right = open_file(b.descriptor(), path, O_RDONLY);
  std::string block(kBlock, '\0'), other(kBlock, '\0');
  while (left && right) {
    const std::size_t size = read_some(left.number(), block.data(), kBlock);
    if (read_some(right.number(), other.data(), kBlock) != size) return false;
    if (std::memcmp(block.data(), other.data(), size) != 0) return false;
    if (size < kBlock) return true;
  }
  return false;
}

void each_block(const Tree& tree, const std::string& path,
                const std::function<void(std::string_view block)>& use) {
  const Descriptor file = open_file(tree.descriptor(), path, O_RDONLY);
  if (!file) fail(tree.place() + "/" + path, errno);
  std::string block(kBlock, '\0');
  for (;;) {
    const std::size_t size = read_some(file.number(), block.data(), kBlock);
    use(std::string_view{block}.substr(0, size));
    if (size < kBlock) return;
  }
}
