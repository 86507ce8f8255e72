// Computes on all processors, and uses the results in order.
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

// The number of threads to use: one where address space is limited, because the malloc of each
// thread reserves 128 MiB of it, and tries again at every failure.
inline std::size_t processors() {
  rlimit space{};
  const bool is_short = ::getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY;
  return is_short ? 1 : std::thread::hardware_concurrency();
}

// Calls use(make(0)), use(make(1)), … use(make(count - 1)). `use` is called on this thread, in
// that order; `make` on any thread, a few steps ahead. What either throws is thrown here; of
// several exceptions, the first in order.
template <class Make, class Use>
void ordered_parallel_map(std::size_t count, const Make& make, const Use& use) {
  using Made = decltype(make(std::size_t{}));
  struct Slot {
    std::optional<Made> made;
    std::exception_ptr error;
  };
  const std::size_t workers = std::min(processors(), count);
  const std::size_t ahead = 4 * workers;  // most results that wait to be used
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
  // Stops the threads before it waits for them, also when an exception leaves.
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
    // Go on with the threads that could be started; without any, this thread does all work.
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

// The same for chunks of neighbouring items: use(make(first, last)) for ranges of 0 to count
// that take about equally much work. `bytes(i)` is the size of an item.
template <class Bytes, class Make, class Use>
void ordered_parallel_map_chunks(std::size_t count, const Bytes& bytes, const Make& make,
                                 const Use& use) {
  constexpr std::size_t kChunk = std::size_t{128} << 10;
  std::vector<std::size_t> bounds = {0};
  std::size_t size = 0;
  for (std::size_t i = 0; i < count; ++i) {
    size += bytes(i);
    if (size < kChunk && i + 1 < count) continue;
    bounds.push_back(i + 1);
    size = 0;
  }
  ordered_parallel_map(
      bounds.size() - 1, [&](std::size_t chunk) { return make(bounds[chunk], bounds[chunk + 1]); },
      use);
}
