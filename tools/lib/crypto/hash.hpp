// Hashes. (MD5, which protects nothing, is in md5.hpp.)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/x25519.hpp"

Bytes32 sha256(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);  // 64 lower-case hex digits
Bytes32 hmac_sha256(std::string_view key, std::string_view bytes);
Bytes32 blake2b_256(std::string_view bytes);  // without a key

// For hash tables that strangers fill: who doesn't know the key, which is another one
// in each process, can't choose texts that meet (SipHash-2-4).
std::uint64_t table_hash(std::string_view text);
