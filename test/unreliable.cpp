// The machine on a bad day, preloaded into a program (test/trouble.bats):
//   SHORT=1   reads and writes take a few bytes at a time, and every other one is interrupted
//   FULL=N    files take N bytes, then the disk is full
//   JUMP=1    the clock of the day is an hour ahead, then an hour behind, and so on
//   NO_DNS=1  no name is resolved
//   DIES=N    the program is killed at its Nth change of a folder (a name made, moved or removed)
//   FAILS=N   that change fails, as on a broken disk
//   NO_EXCHANGE=1  no file system can exchange two folders
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>

namespace {

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

bool is_interrupted(std::size_t& size) {
  static std::atomic<unsigned> calls;
  if (!std::getenv("SHORT")) return false;
  const unsigned call = ++calls;
  size = std::min<std::size_t>(size, 1 + call % 7);
  if (call % 2) errno = EINTR;
  return call % 2;
}

bool is_full(int descriptor, std::size_t& size) {
  static std::atomic<std::size_t> used;
  const char* const limit = std::getenv("FULL");
  struct stat status;
  if (!limit || fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return false;
  const std::size_t all = std::strtoul(limit, nullptr, 10);
  size = std::min(size, all - std::min(all, used.load()));
  used += size;
  if (size == 0) errno = ENOSPC;
  return size == 0;
}

// True if this change of a folder should fail.
bool is_refused() {
  static std::atomic<unsigned> calls;
  const unsigned call = ++calls;
  const auto is_now = [&](const char* name) {
    const char* const number = std::getenv(name);
    return number && std::strtoul(number, nullptr, 10) == call;
  };
  if (is_now("DIES")) kill(getpid(), SIGKILL);
  if (!is_now("FAILS")) return false;
  errno = EIO;
  return true;
}

}  // namespace

extern "C" {

int rename(const char* from, const char* to) {
  static auto* const next = real<int(const char*, const char*)>("rename");
  return is_refused() ? -1 : next(from, to);
}

int renameat(int a, const char* from, int b, const char* to) {
  static auto* const next = real<int(int, const char*, int, const char*)>("renameat");
  return is_refused() ? -1 : next(a, from, b, to);
}

int renameat2(int a, const char* from, int b, const char* to, unsigned flags) {
  static auto* const next = real<int(int, const char*, int, const char*, unsigned)>("renameat2");
  if (is_refused()) return -1;
  if (!std::getenv("NO_EXCHANGE")) return next(a, from, b, to, flags);
  errno = EINVAL;
  return -1;
}

int linkat(int a, const char* from, int b, const char* to, int flags) {
  static auto* const next = real<int(int, const char*, int, const char*, int)>("linkat");
  return is_refused() ? -1 : next(a, from, b, to, flags);
}

int unlinkat(int folder, const char* path, int flags) {
  static auto* const next = real<int(int, const char*, int)>("unlinkat");
  return is_refused() ? -1 : next(folder, path, flags);
}

int mkdirat(int folder, const char* path, mode_t mode) {
  static auto* const next = real<int(int, const char*, mode_t)>("mkdirat");
  return is_refused() ? -1 : next(folder, path, mode);
}

int openat(int folder, const char* path, int flags, ...) {
  static auto* const next = real<int(int, const char*, int, ...)>("openat");
  va_list more;
  va_start(more, flags);
  const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
  va_end(more);
  return flags & O_CREAT && is_refused() ? -1 : next(folder, path, flags, mode);
}

ssize_t read(int descriptor, void* into, std::size_t size) {
  static auto* const next = real<ssize_t(int, void*, std::size_t)>("read");
  return is_interrupted(size) ? -1 : next(descriptor, into, size);
}

ssize_t write(int descriptor, const void* from, std::size_t size) {
  static auto* const next = real<ssize_t(int, const void*, std::size_t)>("write");
  return is_full(descriptor, size) || is_interrupted(size) ? -1 : next(descriptor, from, size);
}

int clock_gettime(clockid_t clock, timespec* time) {
  static auto* const next = real<int(clockid_t, timespec*)>("clock_gettime");
  static std::atomic<unsigned> calls;
  const int result = next(clock, time);
  if (clock == CLOCK_REALTIME && std::getenv("JUMP")) time->tv_sec += ++calls % 2 ? 3600 : -3600;
  return result;
}

int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** found) {
  static auto* const next =
      real<int(const char*, const char*, const addrinfo*, addrinfo**)>("getaddrinfo");
  return std::getenv("NO_DNS") ? EAI_AGAIN : next(name, service, hints, found);
}
}
