#include "output/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

void run_all(const std::vector<std::function<void()>>& tasks) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr error;
  std::mutex mutex;
  const auto work = [&] {
    for (std::size_t i = next++; i < tasks.size(); i = next++) try {
        tasks[i]();
      } catch (...) {
        const std::lock_guard lock{mutex};
        if (!error) error = std::current_exception();
        next = tasks.size();
      }
  };
  {
    std::vector<std::jthread> threads;
    const std::size_t most =
        std::min<std::size_t>(tasks.size(), std::thread::hardware_concurrency());
    for (std::size_t i = 1; i < most; ++i) threads.emplace_back(work);
    work();
  }
  if (error) std::rethrow_exception(error);
}

void for_ranges(std::size_t size,
                const std::function<void(std::size_t begin, std::size_t end)>& use) {
  constexpr std::size_t kRange = 1024;
  std::vector<std::function<void()>> tasks;
  for (std::size_t begin = 0; begin < size; begin += kRange)
    tasks.push_back([&use, begin, end = std::min(begin + kRange, size)] { use(begin, end); });
  run_all(tasks);
}
