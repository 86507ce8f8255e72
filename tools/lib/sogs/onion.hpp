// Onion requests as a client makes them (protocol.md 1): a request is sealed so that only the
// holder of the server's key can read it. A reply that decrypts proves that the holder answered.
//
//   const SealedRequest sealed = seal_v4(Cipher::xchacha20, server_key, {"GET", "/capabilities"});
//   … POST sealed.body to BASE/oxen/v4/lsrpc, answer 200 …
//   const Result<InnerReply> reply = open_v4(sealed, answer);   // a value is the proof
//
// Every request has a key pair and a nonce of its own, so that a genuine reply to another request
// does not decrypt.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "crypto/cipher.hpp"
#include "crypto/x25519.hpp"
#include "ndjson/json.hpp"

inline constexpr std::string_view kV4Path = "/oxen/v4/lsrpc";
inline constexpr std::string_view kV3Path = "/loki/v3/lsrpc";

struct InnerRequest {
  std::string method;    // GET or POST
  std::string endpoint;  // "/rooms"
  std::string body;      // of a POST: JSON
};

struct SealedRequest {
  std::string body;  // to be sent as application/octet-stream
  Cipher cipher;
  Bytes32 key;             // opens the reply
  std::string ciphertext;  // of the request: a reply that repeats it proves nothing
};

struct InnerReply {
  int code = 0;  // as an HTTP status
  Json headers;  // an object; names in lower case
  std::string body;

  std::string_view header(std::string_view name) const;  // "" for none
};

// The key that both sides encrypt with. `client` and `server` are public keys.
Bytes32 onion_key(Cipher cipher, const Bytes32& shared_secret, const Bytes32& client,
                  const Bytes32& server);

// Use `client` for one request only: the nonce is derived from it. Throws Failure for a server key
// that parse_public_key() refuses.
SealedRequest seal_v4(Cipher cipher, const Bytes32& server_key, const InnerRequest& request,
                      const KeyPair& client = new_key_pair());
// Version 3, which the oldest servers know; always AES-GCM.
SealedRequest seal_v3(const Bytes32& server_key, const InnerRequest& request,
                      const KeyPair& client = new_key_pair());
// With all inputs given, for test vectors.
SealedRequest seal_onion(Cipher cipher, const Bytes32& server_key, const KeyPair& client,
                         std::span<const std::uint8_t> nonce, std::string_view plaintext);

// The plaintext of a v4 request.
std::string v4_plaintext(const InnerRequest& request);

// The reply in an HTTP body of status 200, or why it proves nothing (protocol.md 6, rule 4).
Result<InnerReply> open_v4(const SealedRequest& sealed, std::string_view answer);
// The same after decryption.
Result<InnerReply> parse_v4_reply(std::string_view plaintext);
// The decrypted body of a v3 reply, which comes as base64.
Result<std::string> open_v3(const SealedRequest& sealed, std::string_view answer);
