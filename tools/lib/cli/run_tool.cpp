#include "cli/run_tool.hpp"

#include <fcntl.h>

#include <csignal>
#include <exception>
#include <iostream>
#include <new>

#include "cli/errors.hpp"

namespace {

// A standard stream that was closed must stay unusable: otherwise the next file or
// socket gets its number, and records are written into that.
void occupy_closed_streams() {
  for (int stream = 0; stream <= 2; ++stream)
    if (::fcntl(stream, F_GETFD) < 0) ::open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY);
}

}  // namespace

int run_tool(std::string_view name, const std::function<int()>& body) {
  occupy_closed_streams();
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return body();
  } catch (const HelpWanted& wanted) {
    std::cout << wanted.text << std::flush;
    return std::cout ? kDone : kFailed;
  } catch (const ReaderGone&) {
    return kDone;
  } catch (const UsageError& error) {
    std::cerr << name << ": " << error.what() << "; see '" << name << " --help'\n";
    return kMisused;
  } catch (const std::bad_alloc&) {
    std::cerr << name << ": out of memory\n";
    return kFailed;
  } catch (const std::exception& error) {
    std::cerr << name << ": " << error.what() << '\n';
    return kFailed;
  }
}
