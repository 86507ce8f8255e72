// X25519 key agreement (RFC 7748), and random bytes for secrets.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

using Bytes32 = std::array<std::uint8_t, 32>;

struct KeyPair {
  Bytes32 secret;
  Bytes32 open;  // the public key
};

// A new pair, for one use. After the first few, a thread makes pairs before they are needed.
KeyPair new_key_pair();
KeyPair key_pair_of(const Bytes32& secret);

// The secret that both sides compute. Nothing if it would be all zero (a key of low order).
std::optional<Bytes32> shared_secret(const Bytes32& secret, const Bytes32& other_open);

void fill_random(std::span<std::uint8_t> bytes);
