#include "crypto/x25519.hpp"

#include <sodium.h>

#include "cli/errors.hpp"

namespace {

void start_libsodium() {
  static const bool started = sodium_init() >= 0;
  if (!started) throw Failure{"libsodium did not start"};
}

}  // namespace

KeyPair key_pair_of(const Bytes32& secret) {
  KeyPair pair{secret, {}};
  crypto_scalarmult_base(pair.open.data(), pair.secret.data());
  return pair;
}

KeyPair new_key_pair() {
  Bytes32 secret;
  fill_random(secret);
  return key_pair_of(secret);
}

std::optional<Bytes32> shared_secret(const Bytes32& secret, const Bytes32& other_open) {
  Bytes32 shared;
  if (crypto_scalarmult(shared.data(), secret.data(), other_open.data()) != 0) return std::nullopt;
  return shared;
}

void fill_random(std::span<std::uint8_t> bytes) {
  start_libsodium();
  randombytes_buf(bytes.data(), bytes.size());
}
