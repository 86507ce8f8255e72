// Work for all processors whose results are wanted one after the other.
#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

// How many threads are worth while: one where address space is short, because each one's
// malloc wants 128 MiB of it, and tries in vain every time.
inline std::size_t processors() {
  rlimit space{};
  const bool is_short = ::getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY;
  return is_short ? 1 : std::thread::hardware_concurrency();
}

// Calls use(make(0)), use(make(1)), … use(make(count - 1)). `use` is called here, in
// that order; `make` on any thread, a few steps ahead. What either throws comes out of
// here, of several the first in order.
template <class Make, class Use>
void in_order(std::size_t count, const Make& make, const Use& use) {
  using Made = decltype(make(std::size_t{}));
  struct Slot {
    std::optional<Made> made;
    std::exception_ptr error;
  };
  const std::size_t workers = std::min(processors(), count);
  const std::size_t ahead = 4 * workers;  // results that wait to be used, at most
  if (workers < 2) {
    for (std::size_t i = 0; i < count; ++i) use(make(i));
    return;
  }

  std::mutex mutex;
  std::condition_variable is_made, is_used;
  std::vector<Slot> slots(ahead);
  std::size_t next = 0, used = 0;
  bool stop = false;
  const auto work = [&] {
    std::unique_lock lock{mutex};
    for (;;) {
      is_used.wait(lock, [&] { return stop || next == count || next < used + ahead; });
      if (stop || next == count) return;
      const std::size_t own = next++;
      lock.unlock();
      Slot slot;
      try {
        slot.made.emplace(make(own));
      } catch (...) {
        slot.error = std::current_exception();
      }
      lock.lock();
      slots[own % ahead] = std::move(slot);
      is_made.notify_one();
    }
  };
  // Stops the threads before they are waited for, however this ends.
  struct Threads {
    std::function<void()> end;
    std::vector<std::jthread> all = {};
    ~Threads() { end(); }
  } threads{[&] {
    const std::lock_guard lock{mutex};
    stop = true;
    is_used.notify_all();
  }};
  try {
    while (threads.all.size() < workers) threads.all.emplace_back(work);
  } catch (const std::system_error&) {
    // As many as there is room for; without any, this one does it all.
    if (threads.all.empty()) {
      for (std::size_t i = 0; i < count; ++i) use(make(i));
      return;
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    Slot slot;
    {
      std::unique_lock lock{mutex};
      Slot& wanted = slots[i % ahead];
      is_made.wait(lock, [&] { return wanted.made || wanted.error; });
      slot = std::exchange(wanted, {});
      used = i + 1;
    }
    is_used.notify_all();
    if (slot.error) std::rethrow_exception(slot.error);
    use(std::move(*slot.made));
  }
}

// The same for neighbours at a time: use(make(first, last)) for parts of the items 0 to
// count - 1 that are about equally much work. `bytes(i)`: of an item.
template <class Bytes, class Make, class Use>
void in_parts(std::size_t count, const Bytes& bytes, const Make& make, const Use& use) {
  constexpr std::size_t kPart = std::size_t{128} << 10;
  std::vector<std::size_t> bounds = {0};
  std::size_t size = 0;
  for (std::size_t i = 0; i < count; ++i) {
    size += bytes(i);
    if (size < kPart && i + 1 < count) continue;
    bounds.push_back(i + 1);
    size = 0;
  }
  in_order(
      bounds.size() - 1, [&](std::size_t part) { return make(bounds[part], bounds[part + 1]); },
      use);
}
