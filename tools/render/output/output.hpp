// The folder that a run writes. A file whose content is already there is not
// touched, others are written beside their place and renamed into it, and at the
// end files of an earlier run that this one did not make are removed. Nothing
// else in the folder is ever touched: `.made-by-render` lists what is ours, a line each:
// PATH, or PATH SIZE MADE_FROM.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

class OutputFolder {
 public:
  // Makes the folder. Throws Failure when it can't be written to.
  explicit OutputFolder(std::string folder);

  // `path` is relative, of [0-9A-Za-z._~+-] and /, no part begins with "..", and no
  // two paths differ by case alone: these are mistakes of ours (logic_error).
  // All of these may be called by several threads.
  // `made_from`: a number that stands for all that went into it; 0 for none.
  void write(const std::string& path, std::string_view content, std::uint64_t made_from = 0);
  void keep(const std::string& path);                              // it is there already, and right
  std::optional<std::string> read(const std::string& path) const;  // what is there now

  // Keeps every file of the run before that was made from this, if all of them lie there as
  // it left them. False, and nothing is kept, if not, or if there is none.
  bool keep_made_from(std::uint64_t made_from);

  // Removes what is gone and writes the list.
  void finish();

 private:
  friend class OutputFile;
  std::string place(const std::string& path) const { return folder_ + "/" + path; }
  // `how`: what the list says of it behind its name.
  void claim(const std::string& path, std::string_view how = {});

  std::string folder_;
  std::string before_;          // the list of the run before
  std::int64_t before_at_ = 0;  // when it was written: nanoseconds
  std::unordered_map<std::uint64_t, std::vector<std::string_view>> before_by_mark_;  // its lines
  std::mutex mutex_;
  std::string lines_;                   // the list of this run
  std::vector<std::uint64_t> claimed_;  // hashes of them
};

// A long file, written piece by piece with little memory; commit() puts it in
// its place. Left without commit() it leaves no trace.
class OutputFile {
 public:
  OutputFile(OutputFolder& folder, std::string path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view text);
  void commit();

 private:
  void flush();

  OutputFolder& folder_;
  std::string path_, new_place_, buffer_;
  int descriptor_ = -1;
};
