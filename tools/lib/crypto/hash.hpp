// Hashes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/x25519.hpp"

Bytes32 sha256(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);  // 64 lower-case hex digits
Bytes32 hmac_sha256(std::string_view key, std::string_view bytes);
Bytes32 blake2b_256(std::string_view bytes);  // without a key

// MD5 (RFC 1321), only for identifiers that other programs made with it. It is not secure.
std::string md5_hex(std::string_view bytes);  // 32 lower-case hex digits

// For hash tables with texts from strangers (SipHash-2-4). Each process has a secret random key,
// so that nobody can choose texts with the same hash.
std::uint64_t table_hash(std::string_view text);
