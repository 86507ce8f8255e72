// Lines out, to standard output or a file, where a failed write is never silent.
#pragma once

#include <string>
#include <string_view>

// Buffered lines to a file descriptor. Throws Failure when not everything could
// be written, ReaderGone when nobody reads any more.
class LineWriter {
 public:
  explicit LineWriter(int descriptor = 1) : descriptor_{descriptor} {}
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  void write(std::string_view line);         // adds the newline
  void write_lines(std::string_view lines);  // several, each with its newline
  // Throws ReaderGone if nobody reads any more; for work that writes seldom.
  void check_reader() const;
  void flush();  // at the end, while an error can still be told; or for a reader in a hurry

 private:
  int descriptor_;
  std::string buffer_;
};

// Lines to a file that takes its place only when it is whole. What is not a
// regular file (/dev/stderr) is written to directly.
class LineFile {
 public:
  explicit LineFile(std::string path);  // throws Failure
  ~LineFile();                          // without finish(): leaves what was there before
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  void write(std::string_view line) { lines_.write(line); }
  void finish();

 private:
  std::string path_, beside_;  // no beside_: written to directly
  int descriptor_;
  LineWriter lines_;
};
