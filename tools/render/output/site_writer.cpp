#include "output/site_writer.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/ascii.hpp"
#include "cli/errors.hpp"
#include "output/compressed.hpp"
#include "output/parallel.hpp"

namespace {

constexpr std::string_view kAssets = "assets/";

void check_path(std::string_view path) {
  const bool is_safe =
      !path.empty() && path.front() != '/' && path.back() != '/' &&
      path.find("..") == std::string_view::npos && path.find("//") == std::string_view::npos &&
      std::all_of(path.begin(), path.end(), [](char c) {
        return is_alnum(c) || std::string_view{"._~+-/"}.find(c) != std::string_view::npos;
      });
  if (!is_safe) throw std::logic_error{"not a path for output: " + std::string{path}};
}

std::string name_of(const SiteFile& file, std::size_t form) {
  return std::string{file.path} + kEndings[form];
}

// The new folder gets the permissions of the old one, so that the web server can read it.
void take_rights(const std::optional<Tree>& from, const Tree& to) {
  struct stat status {};
  if (!from || ::fstat(from->descriptor(), &status) != 0) return;
  if (::fchown(to.descriptor(), status.st_uid, status.st_gid) != 0 && errno != EPERM)
    fail(to.place(), errno);
  if (::fchmod(to.descriptor(), status.st_mode & 07777) != 0) fail(to.place(), errno);
}

// To be called last: a file that is newer than the manifest counts as changed by others.
void write_manifest(const Tree& tree, std::uint64_t generation,
                    const std::vector<SiteFile>& files) {
  tree.replace(kManifestFile, manifest_text(generation, files));
}

}  // namespace

SiteWriter::SiteWriter(const std::string& folder)
    : place_{SitePlace::open(folder)}, shown_{place_.shown()}, building_{place_.building()} {
  if (!shown_) return;
  before_ = Manifest::of(*shown_);
  for (const SiteFile& file : before_.files())
    if (!file.fingerprint.empty()) before_by_fingerprint_[file.fingerprint].push_back(&file);
}

void SiteWriter::claim(const std::string& path, std::string_view fingerprint, Entry entry) {
  const std::lock_guard lock{mutex_};
  entry.file.path = texts_.emplace_back(path);
  if (!fingerprint.empty()) {
    auto known = fingerprints_.find(fingerprint);
    if (known == fingerprints_.end()) {
      const std::string_view text = texts_.emplace_back(fingerprint);
      known = fingerprints_.emplace(text, text).first;
    }
    entry.file.fingerprint = known->second;
  }
  entries_.push_back(entry);
}

void SiteWriter::settle_forms(const std::string& path, Entry& entry, const MakeForm& make) const {
  const SiteFile* before = shown_ ? before_.find(path) : nullptr;
  for (std::size_t form = 1; form < kForms; ++form) {
    if (!is_compressed(path, entry.file.sizes[0], form)) continue;
    if (entry.is_kept[0] && before && before_.state_as_left(*shown_, *before, form)) {
      entry.file.sizes[form] = before->sizes[form];
      continue;
    }
    entry.file.sizes[form] = make(form);
    const std::string name = path + kEndings[form];
    entry.is_kept[form] = entry.is_kept[0] && same_content(*shown_, building_, name);
  }
}

void SiteWriter::write(const std::string& path, std::string_view content,
                       std::string_view fingerprint) {
  check_path(path);
  Entry entry;
  entry.file.sizes[0] = content.size();
  entry.is_kept[0] = shown_ && before_.find(path) && shown_->holds(path, content);
  if (!entry.is_kept[0]) building_.write(path, content);
  settle_forms(path, entry, [&](std::size_t form) {
    const std::string packed = compressed(content, form);
    building_.write(path + kEndings[form], packed);
    return packed.size();
  });
  claim(path, fingerprint, entry);
}

Descriptor SiteWriter::create(const std::string& path) const {
  check_path(path);
  return building_.create(path);
}

void SiteWriter::add_written(const std::string& path, std::uint64_t size,
                             std::string_view fingerprint) {
  Entry entry;
  entry.file.sizes[0] = size;
  entry.is_kept[0] = shown_ && before_.find(path) && same_content(*shown_, building_, path);
  settle_forms(path, entry,
               [&](std::size_t form) { return compress_file(building_, path, size, form); });
  claim(path, fingerprint, entry);
}

std::optional<std::string> SiteWriter::read(const std::string& path) const {
  return shown_ && before_.find(path) ? shown_->read(path) : std::nullopt;
}

std::map<std::string, std::uint64_t> SiteWriter::sizes_of(const std::set<std::string>& paths) {
  const std::lock_guard lock{mutex_};
  std::map<std::string, std::uint64_t> sizes;
  for (const Entry& entry : entries_)
    if (std::string path{entry.file.path}; paths.contains(path))
      sizes.emplace(std::move(path), entry.file.sizes[0]);
  return sizes;
}

bool SiteWriter::keep_if_inputs_are(std::string_view fingerprint) {
  const auto found = before_by_fingerprint_.find(fingerprint);
  if (found == before_by_fingerprint_.end()) return false;
  std::vector<Entry> entries(found->second.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].file = *found->second[i];
    for (std::size_t form = 0; form < kForms; ++form)
      if (!is_as_left(entries[i], form)) return false;
  }
  for (const Entry& entry : entries) claim(std::string{entry.file.path}, fingerprint, entry);
  return true;
}

// Also notes the inode of the file.
bool SiteWriter::is_as_left(Entry& entry, std::size_t form) const {
  if (entry.file.sizes[form] == kNoFile) return true;
  const auto state = before_.state_as_left(*shown_, entry.file, form);
  if (state) entry.inodes[form] = state->inode;
  return state.has_value();
}

void SiteWriter::check_names() const {
  std::vector<std::string> names;
  names.reserve(entries_.size());
  for (const Entry& entry : entries_)
    for (std::size_t form = 0; form < kForms; ++form)
      if (entry.file.sizes[form] != kNoFile) names.push_back(to_lower(name_of(entry.file, form)));
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end())
    throw std::logic_error{"two files of the output have one name: " + *twice};
}

void SiteWriter::retain_assets() {
  std::vector<const SiteFile*> retained;
  for (const SiteFile& file : before_.files()) {
    if (!file.path.starts_with(kAssets) || file.fingerprint == kRetained) continue;
    const auto is_it = [&](const Entry& entry) { return entry.file.path == file.path; };
    if (std::none_of(entries_.begin(), entries_.end(), is_it) &&
        shown_->state(std::string{file.path}))
      retained.push_back(&file);
  }
  for (const SiteFile* file : retained) {
    Entry entry;
    entry.file = *file;
    for (std::size_t form = 1; form < kForms; ++form)
      if (!shown_->state(name_of(*file, form))) entry.file.sizes[form] = kNoFile;
    claim(std::string{file->path}, kRetained, entry);
  }
}

// Retained files alone are no reason to show a new site.
std::size_t SiteWriter::changed_files() const {
  if (!shown_ || before_.generation() == 0) return std::max<std::size_t>(1, entries_.size());
  std::size_t there = 0, kept = 0;
  for (const Entry& entry : entries_) {
    const SiteFile* before = before_.find(entry.file.path);
    bool is_same = before && before->fingerprint != kRetained;
    there += is_same;
    for (std::size_t form = 0; form < kForms; ++form)
      is_same = is_same && (entry.file.sizes[form] == kNoFile ? before->sizes[form] == kNoFile
                                                              : entry.is_kept[form]);
    kept += is_same;
  }
  const auto is_current = [](const SiteFile& file) { return file.fingerprint != kRetained; };
  const auto before = std::count_if(before_.files().begin(), before_.files().end(), is_current);
  // Counts files that are new or changed, and files of the last site that have no entry now.
  return entries_.size() - kept + static_cast<std::size_t>(before) - there;
}

std::vector<SiteFile> SiteWriter::files() const {
  std::vector<SiteFile> files;
  files.reserve(entries_.size());
  for (const Entry& entry : entries_) files.push_back(entry.file);
  return files;
}

// `building_` may be a site that was shown before, and so have many of the files already.
void SiteWriter::complete_building() const {
  const Manifest manifest{manifest_text(0, files())};
  std::unordered_map<std::string, std::uint64_t> there;  // the inode of each file
  std::vector<Tree::Entry> gone;
  building_.each([&](const Tree::Entry& entry) {
    const bool stays = entry.is_folder ? manifest.has_folder(entry.path) : manifest.has(entry.path);
    if (!stays) {
      gone.push_back(entry);
    } else if (!entry.is_folder) {
      there.emplace(entry.path, entry.inode);
    }
    return stays;
  });
  for (const Tree::Entry& entry : gone) building_.remove(entry.path, entry.is_folder);
  for_ranges(entries_.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      for (std::size_t form = 0; form < kForms; ++form) {
        if (!entries_[i].is_kept[form] || entries_[i].file.sizes[form] == kNoFile) continue;
        const std::string name = name_of(entries_[i].file, form);
        const auto found = there.find(name);
        if (found == there.end() || found->second != entries_[i].inodes[form])
          building_.take(*shown_, name);
      }
  });
}

std::size_t SiteWriter::finish() {
  check_names();
  const std::size_t changed = changed_files();
  if (changed == 0) {
    remember_inputs();
    return 0;
  }
  if (shown_) retain_assets();
  sort_entries();
  complete_building();
  take_rights(shown_, building_);
  write_manifest(building_, place_.next_generation(), files());
  building_.sync();
  place_.show_building();
  return changed;
}

// The site is the same, but its inputs may have changed: writes their new fingerprints for the next
// run.
void SiteWriter::remember_inputs() {
  for (const SiteFile& file : before_.files())
    if (file.fingerprint == kRetained) entries_.push_back({file});
  sort_entries();
  if (manifest_text(before_.generation(), files()) != shown_->read(kManifestFile))
    write_manifest(*shown_, before_.generation(), files());
}

void SiteWriter::sort_entries() {
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.file.path < b.file.path; });
}

void SiteWriter::discard() { place_.discard_building(); }

namespace {

// Checks that all files in the manifest are there. Throws if one is missing.
void check_whole(const Tree& site, const Manifest& manifest) {
  for_ranges(manifest.files().size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      for (std::size_t form = 0; form < kForms; ++form) {
        const SiteFile& file = manifest.files()[i];
        if (file.sizes[form] == kNoFile) continue;
        const auto state = site.state(name_of(file, form));
        if (!state || state->size != file.sizes[form])
          throw Failure{"the previous site is incomplete (" + site.place() + "/" +
                        name_of(file, form) + "); nothing was changed"};
      }
  });
}

}  // namespace

void roll_back(const std::string& folder) {
  const SitePlace place = SitePlace::open(folder);
  const auto previous = place.previous(), shown = place.shown();
  if (!previous || generation_of(*previous) == 0)
    throw Failure{"nothing to roll back to: " + place.folder() + " has no previous site"};
  const Manifest manifest = Manifest::of(*previous);
  check_whole(*previous, manifest);
  std::vector<SiteFile> files = manifest.files();
  const Manifest now = shown ? Manifest::of(*shown) : Manifest{};
  for (SiteFile file : now.files()) {
    if (!file.path.starts_with(kAssets) || manifest.find(file.path)) continue;
    for (std::size_t form = 0; form < kForms; ++form)
      if (file.sizes[form] != kNoFile) previous->take(*shown, name_of(file, form));
    file.fingerprint = kRetained;
    files.push_back(file);
  }
  std::sort(files.begin(), files.end(),
            [](const SiteFile& a, const SiteFile& b) { return a.path < b.path; });
  write_manifest(*previous, place.next_generation(), files);
  previous->sync();
  place.show_previous();
}
