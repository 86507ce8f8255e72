#include "crypto/cipher.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <climits>

#include "base/handle.hpp"
#include "cli/errors.hpp"

namespace {

constexpr std::size_t kTag = 16;
using CipherContext = Handle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

const std::uint8_t* bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}
std::uint8_t* bytes(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }

// A context whose cipher is already chosen: choosing it costs more than the work.
EVP_CIPHER_CTX* aes_gcm() {
  static thread_local const CipherContext context = [] {
    CipherContext made{EVP_CIPHER_CTX_new()};
    if (!made ||
        EVP_CipherInit_ex(made.get(), EVP_aes_256_gcm(), nullptr, nullptr, nullptr, 1) != 1)
      throw Failure{"libcrypto has no AES-256-GCM"};
    return made;
  }();
  return context.get();
}

bool aes_gcm_seal(const Bytes32& key, std::span<const std::uint8_t> nonce,
                  std::string_view plaintext, std::uint8_t* out) {
  int size = 0;
  return plaintext.size() <= INT_MAX &&
         EVP_EncryptInit_ex(aes_gcm(), nullptr, nullptr, key.data(), nonce.data()) == 1 &&
         EVP_EncryptUpdate(aes_gcm(), out, &size, bytes(plaintext),
                           static_cast<int>(plaintext.size())) == 1 &&
         EVP_EncryptFinal_ex(aes_gcm(), out + size, &size) == 1 &&
         EVP_CIPHER_CTX_ctrl(aes_gcm(), EVP_CTRL_GCM_GET_TAG, kTag, out + plaintext.size()) == 1;
}

bool aes_gcm_unseal(const Bytes32& key, const std::uint8_t* nonce, std::string_view ciphertext,
                    std::array<std::uint8_t, kTag> tag, std::uint8_t* out) {
  int size = 0;
  return ciphertext.size() <= INT_MAX &&
         EVP_DecryptInit_ex(aes_gcm(), nullptr, nullptr, key.data(), nonce) == 1 &&
         EVP_DecryptUpdate(aes_gcm(), out, &size, bytes(ciphertext),
                           static_cast<int>(ciphertext.size())) == 1 &&
         EVP_CIPHER_CTX_ctrl(aes_gcm(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data()) == 1 &&
         EVP_DecryptFinal_ex(aes_gcm(), out + size, &size) == 1;
}

}  // namespace

std::size_t nonce_size(Cipher cipher) { return cipher == Cipher::xchacha20 ? 24 : 12; }

std::string seal(Cipher cipher, const Bytes32& key, std::span<const std::uint8_t> nonce,
                 std::string_view plaintext) {
  std::string sealed(nonce.begin(), nonce.end());
  sealed.resize(nonce.size() + plaintext.size() + kTag);
  std::uint8_t* out = bytes(sealed) + nonce.size();
  if (cipher == Cipher::xchacha20)
    crypto_aead_xchacha20poly1305_ietf_encrypt(out, nullptr, bytes(plaintext), plaintext.size(),
                                               nullptr, 0, nullptr, nonce.data(), key.data());
  else if (!aes_gcm_seal(key, nonce, plaintext, out))
    throw Failure{"libcrypto could not encrypt"};
  return sealed;
}

std::optional<std::string> unseal(Cipher cipher, const Bytes32& key, std::string_view sealed) {
  const std::size_t nonce = nonce_size(cipher);
  if (sealed.size() < nonce + kTag) return std::nullopt;
  const std::string_view rest = sealed.substr(nonce);
  std::string plaintext(rest.size() - kTag, '\0');
  bool opened = false;
  if (cipher == Cipher::xchacha20) {
    opened = crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(plaintext), nullptr, nullptr,
                                                        bytes(rest), rest.size(), nullptr, 0,
                                                        bytes(sealed), key.data()) == 0;
  } else {
    std::array<std::uint8_t, kTag> tag;
    std::copy_n(bytes(rest) + plaintext.size(), kTag, tag.begin());
    opened =
        aes_gcm_unseal(key, bytes(sealed), rest.substr(0, plaintext.size()), tag, bytes(plaintext));
  }
  if (!opened) return std::nullopt;
  return plaintext;
}
