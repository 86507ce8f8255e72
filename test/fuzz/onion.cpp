// The proof: a reply that was sealed opens as what it is, and nothing else opens.
// The first bytes say which cipher, and where and how the sealed reply is spoilt.
#include "sogs/onion.hpp"

#include "crypto/encoding.hpp"
#include "fuzz.hpp"

static std::string base64(std::string_view bytes) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int have = 0;
  for (const unsigned char byte : bytes) {
    bits = bits << 8 | byte;
    for (have += 8; have >= 6; have -= 6) out += kDigits[bits >> (have - 6) & 63];
  }
  if (have > 0) out += kDigits[bits << (6 - have) & 63];
  return out;
}

FUZZ(text) {
  static const KeyPair server = key_pair_of(Bytes32{1, 2, 3});
  static const SealedRequest requests[] = {
      seal_v4(Cipher::xchacha20, server.open, {"GET", "/rooms", ""}),
      seal_v3(server.open, {"GET", "rooms", ""})};
  const std::size_t which = take_byte(text), place = take_byte(text), change = take_byte(text);
  const SealedRequest& sealed = requests[which % 2];
  std::array<std::uint8_t, 24> nonce{1};

  const std::string reply =
      seal(sealed.cipher, sealed.key, std::span{nonce}.first(nonce_size(sealed.cipher)), text);
  const auto opened = open_v4(sealed, reply);
  const auto plain = parse_v4_reply(text);
  expect(bool{opened} == bool{plain});
  if (opened)
    expect(opened->code == plain->code && opened->body == plain->body &&
           opened->headers == plain->headers);
  const auto old = open_v3(sealed, base64(reply));
  expect(old && *old == text);

  std::string spoilt = reply;
  spoilt[place * reply.size() / 256] ^= static_cast<char>(change ? change : 1);
  expect(!open_v4(sealed, spoilt) && !open_v3(sealed, base64(spoilt)));
  expect(!open_v4(requests[1 - which % 2], reply));
  expect(!open_v4(sealed, text) && !open_v3(sealed, text));
  for (const std::string_view ours : {sealed.ciphertext, sealed.body})
    expect(!open_v4(sealed, ours));
}
