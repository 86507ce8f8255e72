#include "crypto/fingerprint.hpp"

#include <sodium.h>

#include <array>

#include "crypto/encoding.hpp"

namespace {

constexpr std::size_t kSize = 16;

crypto_generichash_state* state_in(unsigned char* memory) {
  return reinterpret_cast<crypto_generichash_state*>(memory);
}

void feed(unsigned char* memory, std::string_view text) {
  crypto_generichash_update(state_in(memory), reinterpret_cast<const unsigned char*>(text.data()),
                            text.size());
}

}  // namespace

Fingerprint::Fingerprint() {
  static_assert(sizeof state_ >= sizeof(crypto_generichash_state));
  crypto_generichash_init(state_in(state_), nullptr, 0, kSize);
}

Fingerprint& Fingerprint::add(std::string_view text) {
  feed(state_, std::to_string(text.size()) + ":");
  feed(state_, text);
  return *this;
}

std::string Fingerprint::hex() const {
  Fingerprint end = *this;
  std::array<unsigned char, kSize> hash;
  crypto_generichash_final(state_in(end.state_), hash.data(), hash.size());
  return to_hex(hash);
}
