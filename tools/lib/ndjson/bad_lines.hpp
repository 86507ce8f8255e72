// What happens to a line of the input that can't be used: it stops the run, or
// is reported and kept.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ndjson/bad_line.hpp"
#include "ndjson/lines.hpp"

// What to do with a bad line: by default it stops the run.
struct BadLinePolicy {
  bool keep_going = false;  // report it, keep it, go on; the exit status is still 1
  std::string rejects;      // with keep_going: the file that keeps bad lines verbatim; "" for none
};

class Options;
void add_bad_line_options(Options& options, BadLinePolicy& policy);  // --keep-going, --rejects

// Handles bad lines as a policy says.
class BadLines {
 public:
  BadLines(const BadLinePolicy& policy, std::string_view tool);  // throws Failure, UsageError
  ~BadLines();
  BadLines(const BadLines&) = delete;
  BadLines& operator=(const BadLines&) = delete;

  // A bad line for which `excuse` returns true does not stop the run. With keep_going it is
  // not called.
  using Excuse = std::function<bool(const Line& line, const BadLine& bad)>;
  void set_excuse(Excuse excuse) { excuse_ = std::move(excuse); }

  // Without keep_going: throws Failure "FILE:LINE: why".
  void add(const Line& line, const BadLine& bad);
  int status() const { return status_; }  // kFailed if any line was bad, else kDone

 private:
  bool keep_going_;
  std::string_view tool_;
  Excuse excuse_;
  int rejects_ = -1;
  int status_ = 0;
};

// Calls `use` for every line of the files. A BadLine thrown by `use` is handled as `policy`
// says. Returns the exit status: kFailed if any line was bad, else kDone.
void for_each_line(const std::vector<std::string>& files, BadLines& bad_lines, const UseLine& use);
int for_each_line(const std::vector<std::string>& files, const BadLinePolicy& policy,
                  std::string_view tool, const UseLine& use);
