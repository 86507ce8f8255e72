#include "output/place.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <iostream>

#include "base/system_reason.hpp"
#include "cli/errors.hpp"
#include "output/manifest.hpp"

std::vector<std::string> foreign_entries(const Tree& tree) {
  const Manifest manifest = Manifest::of(tree);
  std::vector<std::string> found;
  tree.each([&](const Tree::Entry& entry) {
    const bool is_ours =
        entry.is_folder ? manifest.has_folder(entry.path) : manifest.has(entry.path);
    if (!is_ours) found.push_back(entry.path);
    return is_ours;
  });
  return found;
}

namespace {

namespace fs = std::filesystem;

void say(const std::string& text) { std::cerr << "render: " << text << '\n'; }

// A symbolic link may name a folder that does not exist yet.
fs::path resolved(fs::path folder) {
  std::error_code error;
  for (int links = 0; links < 40 && fs::is_symlink(folder, error); ++links) {
    const fs::path target = fs::read_symlink(folder, error);
    folder = target.is_absolute() ? target : folder.parent_path() / target;
  }
  const fs::path named = fs::absolute(folder);
  folder = fs::weakly_canonical(named, error);
  if (error) throw Failure{named.string() + ": " + error.message()};
  return folder.has_filename() ? folder : folder.parent_path();
}

bool is_mount_point(const std::string& place) {
  struct statx status {};
  return ::statx(AT_FDCWD, place.c_str(), 0, STATX_BASIC_STATS, &status) == 0 &&
         status.stx_attributes & STATX_ATTR_MOUNT_ROOT;
}

bool exists(const std::string& place) {
  struct stat status {};
  return ::lstat(place.c_str(), &status) == 0;
}

void rename(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) fail(from, errno);
}

void remove(const std::string& place) {
  const auto slash = place.rfind('/');
  if (const auto parent = Tree::open(place.substr(0, slash)))
    parent->remove(place.substr(slash + 1), true);
}

std::uint64_t generation_at(const std::string& place) {
  const auto tree = Tree::open(place);
  return tree ? generation_of(*tree) : 0;
}

void sync_names(const std::string& folder) {
  const auto tree = Tree::open(folder);
  if (tree && ::fsync(tree->descriptor()) != 0) fail(folder, errno);
}

[[noreturn]] void refuse_mount_point(const std::string& folder) {
  throw Failure{folder +
                " is a mount point, which cannot be exchanged with the folder of a new site: "
                "mount its parent folder (or name that in ReadWritePaths=, or give it to the "
                "container), or publish into a folder inside, --output " +
                folder + "/www"};
}

struct Moved {
  std::string failed, hidden;  // the first one that could not be moved; that has a new file's name
  int error = 0;
};

void move_entry(const Tree& from, const Tree& to, const std::string& path, Moved& moved) {
  to.make_folders_of(path);
  const int number = from.descriptor();
  if (::renameat2(number, path.c_str(), to.descriptor(), path.c_str(), RENAME_NOREPLACE) == 0)
    return;
  int error = errno;
  if (error == EINVAL || error == ENOSYS)  // this file system has no RENAME_NOREPLACE
    error = to.has(path)                                                           ? EEXIST
            : ::renameat(number, path.c_str(), to.descriptor(), path.c_str()) == 0 ? 0
                                                                                   : errno;
  if (error == EEXIST && from.is_folder(path) && to.is_folder(path)) {
    std::vector<std::string> inside;
    from.each_in(path, [&](const Tree::Entry& entry) {
      inside.push_back(entry.path);
      return false;
    });
    for (const std::string& inner : inside) move_entry(from, to, inner, moved);
  } else if (error == EEXIST) {
    if (moved.hidden.empty()) moved.hidden = path;
  } else if (error != 0 && moved.failed.empty()) {
    moved.failed = path;
    moved.error = error;
  }
}

Moved move_foreign_entries(const Tree& from, const Tree& to) {
  Moved moved;
  for (const std::string& path : foreign_entries(from)) move_entry(from, to, path, moved);
  return moved;
}

}  // namespace

SitePlace::SitePlace(std::string folder) : folder_{std::move(folder)} {
  const fs::path path{folder_};
  parent_ = path.parent_path().string();
  beside_ = (path.parent_path() / ("." + path.filename().string() + ".render")).string();
}

SitePlace SitePlace::open(const std::string& folder) {
  // The web server has to read the site, whatever umask the operator has for other files.
  constexpr mode_t kKept = S_IWGRP | S_IWOTH;
  ::umask(::umask(kKept) & kKept);
  SitePlace place{resolved(folder).string()};
  if (place.folder_ == place.parent_) refuse_mount_point(place.folder_);
  if (is_mount_point(place.folder_)) refuse_mount_point(place.folder_);
  if (exists(place.folder_) && !fs::is_directory(place.folder_))
    throw Failure{place.folder_ + " is not a folder"};
  std::error_code error;
  fs::create_directories(place.parent_, error);
  if (error) throw Failure{place.parent_ + ": " + error.message()};
  if (::mkdir(place.beside_.c_str(), 0755) != 0 && errno != EEXIST)
    throw Failure{place.beside_ + ": " + system_reason(errno) +
                  "; the next site is made there, beside " + place.folder_ +
                  ", so that folder must be writable"};
  place.lock();
  place.recover();
  return place;
}

void SitePlace::lock() {
  const std::string file = tree("lock");
  lock_ = Descriptor{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)};
  if (!lock_) fail(file, errno);
  if (::flock(lock_.number(), LOCK_EX | LOCK_NB) == 0) return;
  if (errno != EWOULDBLOCK) fail(file, errno);
  say("another run is writing " + folder_ + "; waiting until it ends");
  while (::flock(lock_.number(), LOCK_EX) != 0)
    if (errno != EINTR) fail(file, errno);
}

void SitePlace::recover() const {
  // A run was killed between the two renames that replace an exchange.
  if (exists(tree("outgoing"))) {
    if (exists(folder_)) {
      rename(tree("outgoing"), tree("next"));
    } else {
      rename(tree("outgoing"), folder_);
    }
  }
  const std::uint64_t shown = generation_at(folder_);
  if (exists(tree("returning"))) {
    if (generation_at(tree("returning")) > shown) {
      rename(tree("returning"), tree("previous"));
    } else {
      finish_exchange("returning");
    }
  }
  if (exists(tree("next"))) {
    if (generation_at(tree("next")) > shown) {
      discard_building();
      rename(tree("next"), tree("building"));
    } else {
      finish_exchange("next");
    }
  }
}

void SitePlace::discard_building() const {
  if (exists(tree("building"))) remove(tree("building"));
}

std::uint64_t SitePlace::next_generation() const {
  return std::max(generation_at(folder_), generation_at(tree("previous"))) + 1;
}

void SitePlace::show(const char* from, const char* by_way_of) const {
  rename(tree(from), tree(by_way_of));
  exchange(tree(by_way_of));
  finish_exchange(by_way_of);
  sync_names(parent_);
  sync_names(beside_);
}

void SitePlace::exchange(const std::string& with) const {
  if (!exists(folder_)) return rename(with, folder_);
  if (::renameat2(AT_FDCWD, with.c_str(), AT_FDCWD, folder_.c_str(), RENAME_EXCHANGE) == 0) return;
  if (errno == EBUSY) refuse_mount_point(folder_);
  if (errno != EINVAL && errno != ENOSYS) fail(folder_, errno);
  const std::string said = tree("no-exchange");
  if (!exists(said)) {
    say(parent_ +
        ": this file system can't exchange two folders in one step; two renames replace the "
        "site, and for a moment between them there is no site");
    const Descriptor mark{::open(said.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644)};
  }
  rename(folder_, tree("outgoing"));
  rename(with, folder_);
  rename(tree("outgoing"), with);
}

// The site that was shown, if there was one, is in `by_way_of` now, and becomes the previous site.
void SitePlace::finish_exchange(const char* by_way_of) const {
  const auto old = Tree::open(tree(by_way_of)), now = shown();
  if (!old || !now) return;
  const std::string left = tree("left-") + std::to_string(generation_of(*now));
  const bool is_site = generation_of(*old) > 0;
  const Moved moved = move_foreign_entries(*old, *now);
  if (!moved.failed.empty()) {
    rename(old->place(), left);
    say(folder_ + "/" + moved.failed + " could not be moved into the new site (" +
        system_reason(moved.error) + "): it is kept in " + left);
    return;
  }
  if (!moved.hidden.empty()) {
    say(folder_ + "/" + moved.hidden +
        " was not written by render, and the new site has a file of that "
        "name: the old one is kept in " +
        (is_site ? tree("previous") : left));
    if (!is_site) return rename(old->place(), left);
  }
  if (!is_site) return remove(old->place());
  if (exists(tree("previous"))) {
    discard_building();
    rename(tree("previous"), tree("building"));
  }
  rename(old->place(), tree("previous"));
}
