#include "cli/run_tool.hpp"

#include <csignal>
#include <exception>
#include <iostream>
#include <new>

#include "cli/errors.hpp"

int run_tool(std::string_view name, const std::function<int()>& body) {
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
