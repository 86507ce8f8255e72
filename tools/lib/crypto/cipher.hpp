// The two authenticated ciphers of onion requests. A sealed text is
//   nonce | ciphertext | 16-byte tag
// with a nonce of 24 bytes for xchacha20, of 12 for aes-gcm, and no extra data.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/word.hpp"
#include "crypto/x25519.hpp"

// The words are those of `enc_type` and of the records.
enum class Cipher { xchacha20, aes_gcm };
constexpr auto words_of(Cipher) { return words<Cipher::aes_gcm>("xchacha20", "aes-gcm"); }

std::size_t nonce_size(Cipher cipher);

// `nonce`: nonce_size() bytes, never used twice with one key.
std::string seal(Cipher cipher, const Bytes32& key, std::span<const std::uint8_t> nonce,
                 std::string_view plaintext);

// The plaintext. Nothing if the key is another one or the text was changed.
std::optional<std::string> unseal(Cipher cipher, const Bytes32& key, std::string_view sealed);
