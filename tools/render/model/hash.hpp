// A hash that is the same on every machine (FNV-1a), for order and names. It is not secure.
#pragma once

#include <cstdint>
#include <string_view>

inline std::uint64_t stable_hash(std::string_view text, std::uint64_t hash = 0xcbf29ce484222325) {
  for (const unsigned char c : text) hash = (hash ^ c) * 0x100000001b3;
  return hash;
}
