// Hashes that are the same on every machine (FNV-1a): for order and names, not against forgers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

inline std::uint64_t stable_hash(std::string_view text, std::uint64_t hash = 0xcbf29ce484222325) {
  for (const unsigned char c : text) hash = (hash ^ c) * 0x100000001b3;
  return hash;
}

// The hash of texts, one after the other; where one ends counts, too.
class Fingerprint {
 public:
  Fingerprint() = default;
  explicit Fingerprint(std::uint64_t begin) : hash_{begin} {}
  Fingerprint& add(std::string_view text) {
    hash_ = stable_hash(text, stable_hash(std::to_string(text.size()) + ":", hash_));
    return *this;
  }
  Fingerprint& add(std::int64_t number) { return add(std::to_string(number)); }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = stable_hash({});
};
