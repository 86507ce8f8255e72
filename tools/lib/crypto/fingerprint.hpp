// A hash of a series of texts (BLAKE2b-128). Nobody can find other texts with the same hash, so
// texts from strangers are allowed.
//   Fingerprint{}.add("cats").add(3).hex()
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

class Fingerprint {
 public:
  Fingerprint();
  Fingerprint& add(std::string_view text);  // "ab" and "c" differ from "a" and "bc"
  Fingerprint& add(std::int64_t number) { return add(std::to_string(number)); }
  std::string hex() const;  // 32 lower-case hex digits

 private:
  alignas(64) unsigned char state_[384];  // libsodium's crypto_generichash_state
};
