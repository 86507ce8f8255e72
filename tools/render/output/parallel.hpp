// Runs tasks on all processors.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

// Runs all tasks, as many at a time as there are processors. After an error no more tasks start;
// when those under way have ended, the first error is thrown.
void run_all(const std::vector<std::function<void()>>& tasks);

// The same for ranges of the numbers below `size`.
void for_ranges(std::size_t size,
                const std::function<void(std::size_t begin, std::size_t end)>& use);
