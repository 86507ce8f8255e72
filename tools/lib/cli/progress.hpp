// One line on the terminal that tells how long work gets on, and is gone in the
// end. Where standard error is no terminal it does not exist.
#pragma once

#include <chrono>
#include <string>

class Progress {
 public:
  Progress();
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  bool is_due() const;  // so that nobody composes a line that would not be shown
  // Rewrites the line, five times a second at most; cut to the width of the terminal.
  // Bytes, not columns, are counted: give it ASCII.
  void show(const std::string& line);
  void clear();  // before anything else is said on standard error

 private:
  bool is_terminal_ = false, is_shown_ = false;
  std::chrono::steady_clock::time_point next_{};
};
