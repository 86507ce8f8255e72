#include "cli/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace {

constexpr std::chrono::milliseconds kInterval{200};

std::size_t width() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1u : 79;
}

}  // namespace

Progress::Progress() {
  const char* terminal = std::getenv("TERM");
  is_terminal_ = ::isatty(STDERR_FILENO) == 1 && terminal && std::string_view{terminal} != "dumb";
}

bool Progress::is_due() const { return is_terminal_ && std::chrono::steady_clock::now() >= next_; }

void Progress::show(const std::string& line) {
  if (!is_due()) return;
  next_ = std::chrono::steady_clock::now() + kInterval;
  std::cerr << "\r\033[K" << line.substr(0, width()) << std::flush;
  is_shown_ = true;
}

void Progress::clear() {
  if (is_shown_) std::cerr << "\r\033[K" << std::flush;
  is_shown_ = false;
}
