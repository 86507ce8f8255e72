// The site as it is being written. Files go into a tree beside the site that is shown; finish()
// completes it with all that stayed the same, and the two change places at once (place.hpp).
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
  // Throws Failure when nothing can be written there.
  explicit SiteWriter(const std::string& folder);

  const std::string& folder() const { return place_.folder(); }

  // `path` is relative, of [0-9A-Za-z._~+-] and /, no part begins with "..", and no
  // two paths differ by case alone: these are mistakes of ours (logic_error).
  // All of these may be called by several threads. Each file that is a text gets its compressed
  // forms beside it.
  // `fingerprint`: of all that went into it; "" for none.
  void write(const std::string& path, std::string_view content, std::string_view fingerprint = {});
  // A long file: the caller writes it, and tells when it is whole.
  Descriptor create(const std::string& path) const;
  void add_written(const std::string& path, std::uint64_t size, std::string_view fingerprint);
  std::optional<std::string> read(const std::string& path) const;  // what is shown now

  // Of those among these files that are part of the new site already, in bytes.
  std::map<std::string, std::uint64_t> sizes_of(const std::set<std::string>& paths);

  // Keeps every file that was made from the same inputs, if all of them lie there as the last
  // run left them. False, and nothing is kept, if not, or if there is none.
  bool keep_if_inputs_are(std::string_view fingerprint);

  // Shows the new site, unless it is the one that is shown. How many files are new, other or
  // gone; 0 if it is the same site.
  std::size_t finish();

  // Gives back what an unfinished site takes of a full disk.
  void discard();

 private:
  struct Entry {
    SiteFile file;
    bool is_kept[kForms] = {true, true, true};  // of the site that is shown, not in building_
    std::uint64_t inodes[kForms] = {0, 0, 0};   // of what is kept, where that is known
  };
  void claim(const std::string& path, std::string_view fingerprint, Entry entry);
  // The compressed forms of a file whose plain form is settled: those that are as the last run
  // left them stay, others are made by `make`, which returns the size.
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
  std::deque<std::string> texts_;  // that the entries speak of
  std::unordered_map<std::string_view, std::string_view> fingerprints_;
};

// Brings back the site before the one that is shown. Throws Failure if there is none that is whole.
void roll_back(const std::string& folder);
