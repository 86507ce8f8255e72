// Writes lines to standard output or a file. A failed write is never ignored.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/new_file.hpp"

// Writes lines to a file descriptor, buffered. Throws Failure if a write fails, ReaderGone if
// the reader of a pipe has gone.
class LineWriter {
 public:
  explicit LineWriter(int descriptor = 1) : descriptor_{descriptor} {}
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  void write(std::string_view line);         // adds the newline
  void write_lines(std::string_view lines);  // several, each with its newline
  // Throws ReaderGone if the reader has gone. For work that seldom writes.
  void check_reader() const;
  void flush();  // call it at the end: the destructor writes nothing

 private:
  int descriptor_;
  std::string buffer_;
};

// Writes lines to a new file, which replaces the old one only when it is complete. Something
// that is not a regular file (/dev/stderr) is written to directly.
class LineFile {
 public:
  explicit LineFile(const std::string& path);  // throws Failure
  ~LineFile();                                 // without finish(): the old file stays
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  void write(std::string_view line) { lines_.write(line); }
  void finish();

 private:
  std::optional<NewFile> file_;  // none: written to directly
  int descriptor_;
  LineWriter lines_;
};
