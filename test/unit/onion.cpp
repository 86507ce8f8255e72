// The vectors of the onion request specification (protocol.md 2), and the
// replies that prove nothing.
#include "sogs/onion.hpp"

#include <cstdio>
#include <set>

#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"
#include "url/join_url.hpp"

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

static Bytes32 key(const char* hex) { return *bytes32_of_hex(hex); }
static std::string bytes(const char* hex) { return *bytes_of_hex(hex); }
static std::string hex(const std::string& text) {
  return to_hex({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}
static std::span<const std::uint8_t> span_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// What the two sides compute from their halves.
static Bytes32 agreed(Cipher cipher, const char* own_secret, const char* other, const char* client,
                      const char* server) {
  return onion_key(cipher, *shared_secret(key(own_secret), key(other)), key(client), key(server));
}

static void published_vectors() {
  constexpr char a[] = "ccc335912da8939e2b44816728a5a4773063efa82bf7ae2d42a0abfa2caa452d";
  constexpr char A[] = "bbdfc83022d0aff084a6f0c529a93d1c4d728bf7e41199afed0e01ae70d20540";
  constexpr char b[] = "8fcd8ad3a15c76f76f1c56dff0c529999f8c59b4acda79e05666e54d5727dca1";
  constexpr char B[] = "caea52c5b0c316d85ffb53ea536826618b13dee40685f166f632653114526a78";
  check(key_pair_of(key(a)).open == key(A));
  check(key_pair_of(key(b)).open == key(B));
  for (const bool is_client : {true, false}) {
    const char *own = is_client ? a : b, *other = is_client ? B : A;
    const Bytes32 gcm = agreed(Cipher::aes_gcm, own, other, A, B);
    const Bytes32 xchacha = agreed(Cipher::xchacha20, own, other, A, B);
    check(gcm == key("4f310f62c43f14d7fea7c084819a4e394d9fc7005919275ac18d9eb8bf3e4231"));
    check(xchacha == key("37a3af90eb276c0b4069998e97edf956b6933bd3c77d330a072cdf274e757ab5"));
    check(
        unseal(Cipher::aes_gcm, gcm,
               bytes("1eb6ae1cd72f60999486365749bd5dc15cc0b6a2a44d7d063daa5e93722f0c025fd00306403b"
                     "61")) == "Hello world");
    check(
        unseal(Cipher::xchacha20, xchacha,
               bytes("9e1a3abe60eff3ea5c23556cc7e225b6f94355315f7281f66ecf4dbb06e7899a52b863e03cde"
                     "3b287d1638d765db75de02b032")) == "Hello world");
  }

  constexpr char wire_A[] = "8167e97672005c669a48858c69895f395ca235219ac3f7a4210022b1f910e652";
  constexpr char wire_a[] = "d2ee09e1a557a077d385fcb69a11ffb6909ecdcc8348def3e0e4172c8a1431c1";
  constexpr char wire_b[] = "2f4d1c0d28e137777ec0a316e9f4f763e3e66662a6c51994c6315c9ef34b6deb";
  constexpr char wire_B[] = "8388de69bc0d4b6196133233ad9a46ba0473474bc67718aad96a3a33c257f726";
  check(key_pair_of(key(wire_a)).open == key(wire_A));
  check(key_pair_of(key(wire_b)).open == key(wire_B));
  check(
      unseal(
          Cipher::aes_gcm, agreed(Cipher::aes_gcm, wire_b, wire_A, wire_A, wire_B),
          bytes(
              "9525d587d188c92a966eef0e7162bef99a6171a124575b998072a8ee7eb265e0b6f0930ed96504")) ==
      "Hello world");
  check(unseal(
            Cipher::xchacha20, agreed(Cipher::xchacha20, wire_b, wire_A, wire_A, wire_B),
            bytes("e440bc244ddcafd947b86fc5a964aa58de54a6d75cc0f0f3840db14b6c1176a8e2e0a04d5fbdf98f"
                  "23adee1edc8362ab99b10b")) == "Hello world");

  check(key_pair_of(key("ec32fb5766cf52b1b5d7b0bff08e29f5c0c58ca19beaf6a5c7d3dd8ac7ced963")).open ==
        key("d79a50b82ba8ca665f854382b42ba159efd16eef87409e97a8d07395b9492928"));
}

static void whole_exchange() {
  const Bytes32 server = key("7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13");
  Bytes32 b, a;
  b.fill(0x11);
  a.fill(0x22);
  const KeyPair client = key_pair_of(a);
  check(key_pair_of(b).open == server);
  check(to_hex(client.open) == "0faa684ed28867b97f4a6a2dee5df8ce974e76b7018e3f22a1c4cf2678570f20");
  check(*shared_secret(a, server) ==
        key("9e004098efc091d4ec2663b4e9f5cfd4d7064571690b4bea97ab146ab9f35056"));
  const std::string plaintext = v4_plaintext({"GET", "/capabilities", ""});
  check(plaintext == "l56:{\"method\":\"GET\",\"endpoint\":\"/capabilities\",\"headers\":{}}e");

  struct Case {
    Cipher cipher;
    const char *key, *nonce, *request, *reply;
    std::size_t size;
  };
  const Case cases[] = {
      {Cipher::xchacha20, "a62e7513f9104a6f178c35d707d4efec0b7ce7189012803d0efc539806c02651",
       "000102030405060708090a0b0c0d0e0f1011121314151617",
       "65000000000102030405060708090a0b0c0d0e0f10111213141516172a313878646437d1c505e5f3c09f724b2f5"
       "83d"
       "1bf996ebb49c5520733295e8c7cd0ae84b495b9971457eb9a392c5c11c23b42f97786ceea480e56a68227c341f3"
       "13d"
       "74c6c4855f49d5cc4a7754",
       "404142434445464748494a4b4c4d4e4f5051525354555657c8cdc486c7bd5d4e56e837e31d23074c5b0cfb70c4e"
       "34e"
       "5930c9afda2d0841608e6304983eb5c300459f5f6c2daa68b927842e0f0fa3af4dd12688eb29046fd16ff12ef78"
       "6ab"
       "a20f8b884e6e631988fb24890ba8d95d4d650f7fe6c27ffddb8eef5df07d3e03ac07691b20b017442940bff1b9c"
       "9b7"
       "3311fb74c37d6099a6f5069ec4f07c",
       212},
      {Cipher::aes_gcm, "9bcfd0b1e840059ac75a1b15951acbd74e560959b2e06e9aced34eca371c201b",
       "000102030405060708090a0b",
       "59000000000102030405060708090a0b31f96d21186201f4b890d8ae7e2091359e59377ab67123ff5c47ed99b3f"
       "056"
       "7b00f93739faef45a4f229ab0e8fe1aac3150a752aba78ffd47e1f2214ee06dfd6348842ab7efdf5e6210294fa5"
       "5",
       "404142434445464748494a4b127e1f535e4ccd29ba2a4b3ae1a43147b5b7607a968851f157d1fc860ed7cda8587"
       "2ac"
       "66e3307c1d0be89a89c1ff438a3f6bb3551d1c9acb621c3ceb7b24a0e8c605d347e85cc8253f86e983ee2030fd2"
       "965"
       "50c146fb5433baa4881eb1b22846b2e7e553f1904de5e5cd7d7cd8de30a28f3fc800456021e6df690d70bb81224"
       "d89"
       "8c453a",
       198}};
  for (const Case& each : cases) {
    const SealedRequest sealed =
        seal_onion(each.cipher, server, client, span_of(bytes(each.nonce)), plaintext);
    check(sealed.key == key(each.key));
    check(sealed.body.size() == each.size);
    check(hex(sealed.body).rfind(each.request, 0) == 0);
    check(sealed.body.substr(bytes(each.request).size()) ==
          "{\"ephemeral_key\":\"" + to_hex(client.open) + "\",\"enc_type\":\"" +
              std::string{word_of(each.cipher)} + "\"}");
    const auto reply = open_v4(sealed, bytes(each.reply));
    check(reply && reply->code == 200);
    check(reply && reply->header("content-type") == "application/json");
    check(reply && reply->body == "{\"capabilities\":[\"blind\",\"reactions\",\"sogs\"]}\n");

    const std::string good = bytes(each.reply);
    for (const std::string& bad :
         {std::string{}, good.substr(1), good.substr(0, good.size() - 1), good + "x", hex(good),
          sealed.ciphertext, sealed.body, std::string(good.size(), '\0')})
      check(!open_v4(sealed, bad));
    check(open_v4(sealed, sealed.ciphertext).reason() == "the reply is our own request, reflected");
  }
}

static void a_mirror_decrypts() {  // so that a prover that stops there believes it
  const KeyPair server = new_key_pair();
  for (const Cipher cipher : {Cipher::xchacha20, Cipher::aes_gcm}) {
    const SealedRequest sealed = seal_v4(cipher, server.open, {"POST", "/batch", "[]"});
    check(unseal(cipher, sealed.key, sealed.ciphertext));
    check(!open_v4(sealed, sealed.ciphertext));
    check(!parse_v4_reply(v4_plaintext({"POST", "/batch", "[]"})));
  }
}

static void every_request_is_new() {
  const KeyPair server = new_key_pair();
  const InnerRequest request{"GET", "/rooms", ""};
  const SealedRequest one = seal_v4(Cipher::xchacha20, server.open, request);
  const SealedRequest two = seal_v4(Cipher::xchacha20, server.open, request);
  check(one.key != two.key && one.body != two.body);
  const std::string reply =
      seal(Cipher::xchacha20, one.key, std::array<std::uint8_t, 24>{}, "l12:{\"code\":200}2:{}e");
  check(open_v4(one, reply) && open_v4(one, reply)->body == "{}");
  check(!open_v4(two, reply));
}

static void many_key_pairs_are_valid_and_different() {  // those that a thread makes ahead, too
  std::set<Bytes32> met;
  for (int i = 0; i < 1500; ++i) {
    const KeyPair pair = new_key_pair();
    check(key_pair_of(pair.secret).open == pair.open);
    check(met.insert(pair.secret).second);
  }
}

static void refused_keys() {
  const std::string f(60, 'f');
  const std::string low_order[] = {
      std::string(64, '0'), "01" + std::string(62, '0'),
      "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
      "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157", "ec" + f + "7f"};
  for (const std::string& each : low_order) {
    check(!parse_public_key(each));
    check(!shared_secret(new_key_pair().secret, key(each.c_str())));
  }
  check(!parse_public_key("ed" + f + "7f"));
  check(!parse_public_key("ee" + f + "7f"));
  check(!parse_public_key("7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f93"));
  check(parse_public_key("7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13"));
}

static void refused_replies() {
  check(parse_v4_reply("l12:{\"code\":200}0:e"));
  check(parse_v4_reply("l26:{\"code\":404,\"headers\":{}}\n1:xe")->code == 404);
  const char* const bad[] = {"",
                             "l",
                             "le",
                             "e",
                             "l12:{\"code\":200}e",
                             "l12:{\"code\":200}0:0:e",
                             "l12:{\"code\":200}0:ex",
                             "l12:{\"code\":200}0:",
                             "l12:{\"code\":200}9:xe",
                             "l12:{\"code\":200}00000000000:e",
                             "l12:{\"code\":200}00:e",
                             "l12:{\"code\":200}-1:e",
                             "l12:{\"code\":200}:e",
                             "l2:{}0:e",
                             "l14:{\"code\":\"200\"}0:e",
                             "l14:{\"code\":200.0}0:e",
                             "l11:{\"code\":99}0:e",
                             "l12:{\"code\":600}0:e",
                             "l18:{\"a\":{\"code\":200}}0:e",
                             "l14:[{\"code\":200}]0:e",
                             "l3:abc0:e",
                             "l27:{\"code\":200,\"method\":\"GET\"}0:e",
                             "l27:{\"code\":200,\"endpoint\":\"/\"}0:e",
                             "l25:{\"code\":200,\"headers\":[]}0:e",
                             "d4:codei200ee"};
  for (const char* each : bad)
    if (parse_v4_reply(each)) {
      ++failures;
      std::printf("taken for a reply: %s\n", each);
    }
  const std::string deep = std::string(100000, '[');
  check(!parse_v4_reply("l" + std::to_string(deep.size()) + ":" + deep + "0:e"));
}

static void version_3() {
  const KeyPair server = new_key_pair();
  const SealedRequest sealed = seal_v3(server.open, {"GET", "rooms", ""});
  check(unseal(sealed.cipher, sealed.key, sealed.ciphertext) ==
        "{\"endpoint\":\"rooms\",\"method\":\"GET\",\"body\":\"\",\"headers\":{}}");
  check(bytes_of_base64("aGVsbG8=") == "hello" && bytes_of_base64("aGVsbG8\n") == "hello");
  check(!bytes_of_base64("a") && !bytes_of_base64("a-_b") && !bytes_of_base64("<html>"));
  check(!open_v3(sealed, "") && !open_v3(sealed, "aGVsbG8="));
}

int main() {
  check(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  published_vectors();
  whole_exchange();
  a_mirror_decrypts();
  every_request_is_new();
  many_key_pairs_are_valid_and_different();
  refused_keys();
  refused_replies();
  version_3();
  return failures != 0;
}
