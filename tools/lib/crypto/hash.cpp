#include "crypto/hash.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>

#include "cli/errors.hpp"
#include "crypto/encoding.hpp"

namespace {

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Bytes32 sha256(std::string_view text) {
  Bytes32 hash;
  if (EVP_Digest(text.data(), text.size(), hash.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw Failure{"libcrypto has no SHA-256"};
  return hash;
}

std::string sha256_hex(std::string_view text) { return to_hex(sha256(text)); }

Bytes32 hmac_sha256(std::string_view key, std::string_view text) {
  Bytes32 hash;
  if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes(text), text.size(),
            hash.data(), nullptr))
    throw Failure{"libcrypto has no HMAC-SHA256"};
  return hash;
}

Bytes32 blake2b_256(std::string_view text) {
  Bytes32 hash;
  crypto_generichash(hash.data(), hash.size(), bytes(text), text.size(), nullptr, 0);
  return hash;
}

std::string md5_hex(std::string_view text) {
  std::array<std::uint8_t, 16> hash;
  if (EVP_Digest(text.data(), text.size(), hash.data(), nullptr, EVP_md5(), nullptr) != 1)
    throw Failure{"libcrypto has no MD5 here (a FIPS configuration?)"};
  return to_hex(hash);
}

std::uint64_t table_hash(std::string_view text) {
  static const auto key = [] {
    std::array<unsigned char, crypto_shorthash_KEYBYTES> random{};
    randombytes_buf(random.data(), random.size());
    return random;
  }();
  std::uint64_t hash = 0;
  static_assert(sizeof hash == crypto_shorthash_BYTES);
  crypto_shorthash(reinterpret_cast<unsigned char*>(&hash), bytes(text), text.size(), key.data());
  return hash;
}
