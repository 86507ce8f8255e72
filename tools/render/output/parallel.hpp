// Work on all processors.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

// Runs them all, as many at a time as there are processors. The first error is thrown on, after
// those under way have ended; tasks that have not begun then are left out.
void run_all(const std::vector<std::function<void()>>& tasks);

// The same for ranges of the numbers below `size`.
void for_ranges(std::size_t size,
                const std::function<void(std::size_t begin, std::size_t end)>& use);
