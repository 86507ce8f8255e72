// Limits the memory for rooms of all unfinished probes: each server may send 4 MiB of rooms and
// then be silent. Above 128 MiB in total (256 for servers that proved a key before), the probe of a
// server with more than 16 KiB of rooms ends.
#pragma once

#include <cstddef>

class MemoryBudget {
 public:
  bool has_room(std::size_t bytes, bool is_known) const {
    return bytes <= kSmall || bytes_ + bytes <= (is_known ? 2 : 1) * kMost;
  }
  void add(std::size_t bytes) { bytes_ += bytes; }
  void remove(std::size_t bytes) { bytes_ -= bytes; }

 private:
  static constexpr std::size_t kMost = 128 << 20, kSmall = 16 << 10;
  std::size_t bytes_ = 0;
};
