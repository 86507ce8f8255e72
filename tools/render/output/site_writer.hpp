// Writes a new site. Files go into a tree beside the site that is shown. finish() adds all files
// that stayed the same, and exchanges the two trees atomically (place.hpp).
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "output/manifest.hpp"
#include "output/place.hpp"
#include "output/tree.hpp"

class SiteWriter {
 public:
  // Throws Failure if nothing can be written there.
  explicit SiteWriter(const std::string& folder);

  const std::string& folder() const { return place_.folder(); }

  // `path` is relative and has only [0-9A-Za-z._~+-] and /, no part begins with "..", and no two
  // paths differ only in case; otherwise it throws logic_error. Several threads may call these.
  // Texts also get compressed forms. `fingerprint`: of the inputs of the file; "" for none.
  void write(const std::string& path, std::string_view content, std::string_view fingerprint = {});
  // For a long file: the caller writes it, and calls add_written() when it is complete.
  Descriptor create(const std::string& path) const;
  void add_written(const std::string& path, std::uint64_t size, std::string_view fingerprint);
  std::optional<std::string> read(const std::string& path) const;  // what is shown now

  // The sizes in bytes of those of `paths` that are already in the new site.
  std::map<std::string, std::uint64_t> sizes_of(const std::set<std::string>& paths);

  // Keeps all files with this fingerprint, if there are any and nobody changed one of them since
  // the last run. Otherwise keeps none and returns false.
  bool keep_if_inputs_are(std::string_view fingerprint);

  // Shows the new site, unless it equals the one that is shown. Returns how many files are new,
  // changed or gone; 0 if it is the same site.
  std::size_t finish();

  // Removes an unfinished site, which may have filled the disk.
  void discard();

 private:
  struct Entry {
    SiteFile file;
    bool is_kept[kForms] = {true, true, true};  // of the site that is shown, not in building_
    std::uint64_t inodes[kForms] = {0, 0, 0};   // of what is kept, where that is known
  };
  void claim(const std::string& path, std::string_view fingerprint, Entry entry);
  // Adds the compressed forms of a file whose plain form is there. Those that nobody changed since
  // the last run are kept; others are made by `make`, which returns the size.
  using MakeForm = std::function<std::uint64_t(std::size_t form)>;
  void settle_forms(const std::string& path, Entry& entry, const MakeForm& make) const;
  bool is_as_left(Entry& entry, std::size_t form) const;
  void retain_assets();
  void check_names() const;
  std::size_t changed_files() const;
  void complete_building() const;
  void remember_inputs();
  void sort_entries();
  std::vector<SiteFile> files() const;

  SitePlace place_;
  std::optional<Tree> shown_;
  Manifest before_;  // of shown_
  std::unordered_map<std::string_view, std::vector<const SiteFile*>> before_by_fingerprint_;
  Tree building_;
  std::mutex mutex_;
  std::vector<Entry> entries_;
  std::deque<std::string> texts_;  // the strings behind the views in entries_
  std::unordered_map<std::string_view, std::string_view> fingerprints_;
};

// Shows the previous site again. Throws Failure if there is none that is complete.
void roll_back(const std::string& folder);
