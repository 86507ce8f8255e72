// A line on the terminal that shows the progress of long work, and is removed at the end.
// Nothing is shown if standard error is not a terminal.
#pragma once

#include <chrono>
#include <string>

class Progress {
 public:
  Progress();
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  bool is_due() const;  // false: show() would ignore the line, so it need not be composed
  // Rewrites the line, five times a second at most; cut to the width of the terminal.
  // Bytes, not columns, are counted: give it ASCII.
  void show(const std::string& line);
  void clear();  // call it before anything else is written to standard error

 private:
  bool is_terminal_ = false, is_shown_ = false;
  std::chrono::steady_clock::time_point next_{};
};
