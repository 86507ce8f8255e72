// The bytes of rooms that all probes keep while their servers are asked on: each server may tell of
// 4 MiB and then keep silent. Past 128 MiB (256 for servers that proved a key before) a server
// that comes with more than 16 KiB is asked nothing more.
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
