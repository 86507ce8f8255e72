// Runs work that may crash, hang or use too much memory in a child process, which can be killed.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/result.hpp"

struct ChildLimits {
  std::size_t memory;  // address space, in bytes
  int cpu_seconds;
  double seconds;      // on the clock
  std::size_t output;  // bytes of the result
};

// What `work` returns in a forked child; or why it returned nothing, as a verb: "took too long".
// The child sees the parent's memory, has no standard output or error, leaves no core file, and
// does not outlive the parent.
Result<std::string> in_child(const std::function<std::string()>& work, const ChildLimits& limits);
