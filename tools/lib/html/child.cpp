#include "html/child.hpp"

#include <fcntl.h>
#include <poll.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <string_view>

#include "base/system_reason.hpp"
#include "base/write_all.hpp"

namespace {

using Clock = std::chrono::steady_clock;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kMayLimitMemory = false;  // ASan's shadow memory takes terabytes of address space
#else
constexpr bool kMayLimitMemory = true;
#endif

void limit(decltype(RLIMIT_CPU) what, rlim_t value) {
  const rlimit both{value, value};
  ::setrlimit(what, &both);
}

[[noreturn]] void be_child(pid_t parent, int out, const std::function<std::string()>& work,
                           const ChildLimits& limits) {
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // the child ends with its parent
#endif
  if (::getppid() != parent) ::_exit(1);  // it ended before that
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, static_cast<rlim_t>(limits.cpu_seconds));
  if (kMayLimitMemory) limit(RLIMIT_AS, limits.memory);
  if (const int null = ::open("/dev/null", O_WRONLY); null >= 0) {
    ::dup2(null, STDOUT_FILENO);
    ::dup2(null, STDERR_FILENO);
  }
  try {
    ::_exit(write_all(out, work()) ? 0 : 1);
  } catch (...) {
    ::_exit(1);
  }
}

// Reads until the end, the deadline or the limit. Returns why it stopped early.
std::string read_within(int from, Clock::time_point deadline, std::size_t most, std::string& into) {
  char block[64 * 1024];
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return "took too long";
    pollfd ready{from, POLLIN, 0};
    const int count = ::poll(&ready, 1, static_cast<int>(std::min<long long>(left, 60'000)));
    if (count < 0 && errno != EINTR) return "could not be read";
    if (count <= 0) continue;
    const ssize_t size = ::read(from, block, sizeof block);
    if (size == 0) return "";
    if (size < 0 && errno != EINTR) return "could not be read";
    if (size > 0) into.append(block, static_cast<std::size_t>(size));
    if (into.size() > most) return "gave too much";
  }
}

std::string ending_of(int status) {
  if (WIFEXITED(status)) return WEXITSTATUS(status) == 0 ? "" : "ran out of memory";
  if (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL) return "took too long";
  return "crashed";
}

}  // namespace

Result<std::string> in_child(const std::function<std::string()>& work, const ChildLimits& limits) {
  const auto impossible = [](int error) {
    return Reason{"is impossible: " + system_reason(error)};
  };
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return impossible(errno);
  const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                           std::chrono::duration<double>(limits.seconds));
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    be_child(parent, ends[1], work, limits);
  }
  const int error = errno;
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    return impossible(error);
  }
  std::string text;
  std::string fault = read_within(ends[0], deadline, limits.output, text);
  ::close(ends[0]);
  if (!fault.empty()) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (fault.empty()) fault = ending_of(status);
  if (!fault.empty()) return Reason{fault};
  return text;
}
