// The folder that a run writes. A file whose content is already there is not
// touched, others are written beside their place and renamed into it, and at the
// end files of an earlier run that this one did not make are removed. Nothing
// else in the folder is ever touched: `.made-by-render` lists what is ours.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class OutputFolder {
 public:
  // Makes the folder. Throws Failure when it can't be written to.
  explicit OutputFolder(std::string folder);

  // `path` is relative, of [0-9A-Za-z._~+-] and /, no part begins with "..", and no
  // two paths differ by case alone: these are mistakes of ours (logic_error).
  // All of these may be called by several threads.
  void write(const std::string& path, std::string_view content);
  void keep(const std::string& path);                              // it is there already, and right
  std::optional<std::string> read(const std::string& path) const;  // what is there now

  // Removes what is gone and writes the list.
  void finish();

 private:
  friend class OutputFile;
  std::string place(const std::string& path) const { return folder_ + "/" + path; }
  void claim(const std::string& path);

  std::string folder_;
  std::mutex mutex_;
  std::string paths_;                   // of this run, one a line
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
