// One short text that stands for many texts, one after the other (BLAKE2b-128). Nobody finds
// other texts with the same one, so it may stand for what strangers write, too.
//   Fingerprint{}.add("cats").add(3).hex()
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

class Fingerprint {
 public:
  Fingerprint();
  Fingerprint& add(std::string_view text);  // where one ends counts, too
  Fingerprint& add(std::int64_t number) { return add(std::to_string(number)); }
  std::string hex() const;  // 32 lower-case hex digits

 private:
  alignas(64) unsigned char state_[384];  // libsodium's crypto_generichash_state
};
