// Streams of lines: in, from files or standard input as `cat` reads them; out,
// to standard output or a file, where a failed write is never silent.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ndjson/bad_line.hpp"
#include "ndjson/json.hpp"

// A line as it stood in the input; `text` is good until the next line is read.
struct Line {
  std::string_view text;  // without its newline
  std::string_view file;  // as named on the command line, or "stdin"
  std::size_t number;     // from 1

  std::string place() const;  // "stdin:17"
  // The JSON object on this line, read into `memory`. Throws BadLine for anything else.
  JsonView json(JsonText& memory) const;
};

// What to do with a bad line: by default it stops the run.
struct BadLinePolicy {
  bool keep_going = false;  // report it, keep it, go on; the exit status is still 1
  std::string rejects;      // with keep_going: the file that keeps bad lines verbatim; "" for none
};

class Options;
void add_bad_line_options(Options& options, BadLinePolicy& policy);  // --keep-going, --rejects

// Deals with bad lines as a policy says.
class BadLines {
 public:
  BadLines(const BadLinePolicy& policy, std::string_view tool);  // throws Failure, UsageError
  ~BadLines();
  BadLines(const BadLines&) = delete;
  BadLines& operator=(const BadLines&) = delete;

  // Bad lines that `excuse` takes on stop nothing, unless they are to be kept (keep_going).
  using Excuse = std::function<bool(const Line& line, const BadLine& bad)>;
  void set_excuse(Excuse excuse) { excuse_ = std::move(excuse); }

  void add(const Line& line, const BadLine& bad);  // throws it on as Failure "FILE:LINE: why"
  int status() const { return status_; }           // kFailed if any line was bad, else kDone

 private:
  bool keep_going_;
  std::string_view tool_;
  Excuse excuse_;
  int rejects_ = -1;
  int status_ = 0;
};

// Calls `use` for every line of the files, in order ("-" and no files at all:
// standard input). A BadLine thrown by `use` is dealt with as `policy` says.
// Returns the exit status: kFailed if any line was bad, else kDone.
// Memory: one line, and a buffer of 256 KiB.
using UseLine = std::function<void(const Line&)>;
void for_each_line(const std::vector<std::string>& files, BadLines& bad_lines, const UseLine& use);
int for_each_line(const std::vector<std::string>& files, const BadLinePolicy& policy,
                  std::string_view tool, const UseLine& use);

// The bytes of one input in pieces, for what has no lines. `use` gets what was
// read and not used up, tells how many bytes of its front it is done with, and
// gets the rest again with more behind it; `is_last` when there is no more. The
// first piece is the last if there are at most `first` bytes.
// Memory: `first`, a block of 128 KiB, and what `use` is not done with.
using UsePiece = std::function<std::size_t(std::string_view text, bool is_last)>;
void for_each_piece(const std::string& file, std::size_t first, const UsePiece& use);

// Whole files, for what must be seen at once (a template, a policy).
std::string read_file(const std::string& path);

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
