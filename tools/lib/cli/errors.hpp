// How a tool ends. An error is thrown where it is found; run_tool() reports it, as
// "tool: what, where, what was expected".
#pragma once

#include <stdexcept>
#include <string>

enum ExitStatus : int {
  kDone = 0,    // done; a server that is down is data, not an error
  kFailed = 1,  // could not do it: bad input, unreadable file, a result that must not be published
  kMisused = 2  // wrong usage
};

// The command line is wrong: status 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The work can't be done: status 1.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Not an error: --help or --version was asked for; `text` goes to standard output.
struct HelpWanted {
  std::string text;
};

// Not an error: the reader of our output has gone (`| head`). The tool ends quietly.
struct ReaderGone {};
