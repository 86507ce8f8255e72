#include "sogs/onion.hpp"

#include "cli/errors.hpp"
#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"
#include "sogs/bencode.hpp"

namespace {

constexpr JsonLimits kMetadataLimits{.depth = 32, .values = 1000};
constexpr char kDoesNotOpen[] = "the reply does not open with this key";

std::string_view text_of(const Bytes32& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string little_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8)
    bytes.push_back(static_cast<char>(number >> shift & 0xff));
  return bytes;
}

// A key pair is used once, so a nonce that is derived from it is also used once.
SealedRequest seal_once(Cipher cipher, const Bytes32& server_key, const KeyPair& client,
                        std::string_view plaintext) {
  const Bytes32 hash = blake2b_256("nonce" + std::string{text_of(client.secret)});
  return seal_onion(cipher, server_key, client, std::span{hash}.first(nonce_size(cipher)),
                    plaintext);
}

// Whether the reply repeats what we sent, or begins with it: that decrypts, but proves nothing.
bool is_ours(const SealedRequest& sealed, std::string_view reply) {
  return reply == sealed.ciphertext || reply == sealed.body;
}

}  // namespace

std::string_view InnerReply::header(std::string_view name) const {
  const Json* value = headers.find(name);
  return value && value->string() ? std::string_view{*value->string()} : std::string_view{};
}

Bytes32 onion_key(Cipher cipher, const Bytes32& shared_secret, const Bytes32& client,
                  const Bytes32& server) {
  if (cipher == Cipher::aes_gcm) return hmac_sha256("LOKI", text_of(shared_secret));
  std::string all;
  for (const Bytes32& part : {shared_secret, client, server}) all += text_of(part);
  return blake2b_256(all);
}

SealedRequest seal_onion(Cipher cipher, const Bytes32& server_key, const KeyPair& client,
                         std::span<const std::uint8_t> nonce, std::string_view plaintext) {
  const auto secret = shared_secret(client.secret, server_key);
  if (!secret) throw Failure{"the server key is of low order"};
  SealedRequest sealed;
  sealed.cipher = cipher;
  sealed.key = onion_key(cipher, *secret, client.open, server_key);
  sealed.ciphertext = seal(cipher, sealed.key, nonce, plaintext);
  sealed.body = little_endian(static_cast<std::uint32_t>(sealed.ciphertext.size())) +
                sealed.ciphertext + "{\"ephemeral_key\":\"" + to_hex(client.open) +
                "\",\"enc_type\":\"" + std::string{word_of(cipher)} + "\"}";
  return sealed;
}

std::string v4_plaintext(const InnerRequest& request) {
  const bool has_body = request.method == "POST";
  Json::Object headers;
  if (has_body) headers.push_back({"content-type", Json{"application/json"}});
  const std::string metadata = to_text(Json{Json::Object{{"method", Json{request.method}},
                                                         {"endpoint", Json{request.endpoint}},
                                                         {"headers", Json{std::move(headers)}}}});
  return has_body ? bencode({metadata, request.body}) : bencode({metadata});
}

SealedRequest seal_v4(Cipher cipher, const Bytes32& server_key, const InnerRequest& request,
                      const KeyPair& client) {
  return seal_once(cipher, server_key, client, v4_plaintext(request));
}

SealedRequest seal_v3(const Bytes32& server_key, const InnerRequest& request,
                      const KeyPair& client) {
  const Json plaintext{Json::Object{{"endpoint", Json{request.endpoint}},
                                    {"method", Json{request.method}},
                                    {"body", Json{request.body}},
                                    {"headers", Json{Json::Object{}}}}};
  return seal_once(Cipher::aes_gcm, server_key, client, to_text(plaintext));
}

Result<InnerReply> open_v4(const SealedRequest& sealed, std::string_view answer) {
  if (is_ours(sealed, answer)) return Reason{"the reply is our own request, reflected"};
  const auto plaintext = unseal(sealed.cipher, sealed.key, answer);
  if (!plaintext) return Reason{kDoesNotOpen};
  return parse_v4_reply(*plaintext);
}

Result<InnerReply> parse_v4_reply(std::string_view plaintext) {
  const auto strings = parse_bencoded(plaintext);
  if (!strings) return Reason{"the reply decrypts, but is malformed: " + strings.reason()};
  if (strings->size() != 2) return Reason{"the reply decrypts, but is not a list of two strings"};
  const Result<Json> metadata = parse_json((*strings)[0], kMetadataLimits);
  if (!metadata || !metadata->object())
    return Reason{"the reply decrypts, but its metadata is not a JSON object"};
  if (metadata->find("method") || metadata->find("endpoint"))
    return Reason{"the reply decrypts, but is a request"};
  const Json* code = metadata->find("code");
  const auto number = code ? code->integer() : std::nullopt;
  if (!number || *number < 100 || *number > 599)
    return Reason{"the reply decrypts, but its code is not a whole number from 100 to 599"};
  const Json* headers = metadata->find("headers");
  if (headers && !headers->object())
    return Reason{"the reply decrypts, but its headers are not a JSON object"};
  return InnerReply{static_cast<int>(*number), headers ? *headers : Json{Json::Object{}},
                    std::string{(*strings)[1]}};
}

Result<std::string> open_v3(const SealedRequest& sealed, std::string_view answer) {
  const auto bytes = bytes_of_base64(answer);
  if (!bytes) return Reason{"the reply is not base64"};
  if (is_ours(sealed, *bytes)) return Reason{"the reply is our own request, reflected"};
  auto plaintext = unseal(sealed.cipher, sealed.key, *bytes);
  if (!plaintext) return Reason{kDoesNotOpen};
  return std::move(*plaintext);
}
