// Base URLs, join URLs and keys: one canonical form, or a reason.
#include "url/join_url.hpp"

#include <cstdio>

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

static std::string base(std::string_view text) {
  const auto url = parse_base_url(text);
  return url ? url->text() : "refused: " + url.reason();
}
static std::string join(std::string_view text) {
  const auto url = parse_join_url(text);
  return url ? url->text() : "refused: " + url.reason();
}
static bool is_key(const std::string& hex) { return bool{parse_public_key(hex)}; }

int main() {
  check(base("HTTP://Sog.Example.:80/") == "http://sog.example");
  check(base("https://sog.example:8443") == "https://sog.example:8443");
  check(base("http://[2001:DB8:0:0::1]:8080") == "http://[2001:db8::1]:8080");
  check(base("http://[::ffff:1.2.3.4]") == "http://[::ffff:1.2.3.4]");
  check(base("https://münchen.example") == "https://xn--mnchen-3ya.example");
  check(base("https://ＳＯＧ。example") == "https://sog.example");
  check(base("https://sog.example/path").starts_with("refused"));
  check(base("https://sog.example?x").starts_with("refused"));
  check(base("https://me@sog.example").starts_with("refused"));
  check(base("https://").starts_with("refused"));
  check(base("https://[::1").starts_with("refused"));
  check(base("https://[::1]x").starts_with("refused"));
  check(base(std::string_view{"https://a.b\0c", 13}).starts_with("refused"));
  check(base("https://" + std::string(100'000, 'a') + ".example").starts_with("refused"));
  check(base("https://\xff\xfe.example").starts_with("refused"));

  const auto ip = parse_base_url("http://127.0.0.1:8080");
  check(ip && ip->is_ip_address() && ip->host_port() == "127.0.0.1:8080" && ip->port == 8080);
  const auto name = parse_base_url("https://a1.b2");
  check(name && !name->is_ip_address() && name->port == 443);
  for (const char* host : {"0x7f.0.0.1", "0177.0.0.1", "127.1", "2130706433", "1.2.3.4.5",
                           "1.2.3.256", "0x7f000001", "a.0x1"})
    check(base("http://" + std::string{host}).starts_with("refused"));

  const std::string key = "a03c383cf63c3c4efe67acc52112a6dd734b3a946b9545f488aaa93da7991238";
  check(join("HTTPS://Sog.Example.:443/cats/?x=1&public_key=" + key + "#top") ==
        "https://sog.example/cats?public_key=" + key);
  check(join("//sog.example/r/cats?public_key=" + key) ==
        "http://sog.example/cats?public_key=" + key);
  check(join("http://[::1]/cats?public_key=" + key).starts_with("refused: the host is an IPv6"));

  const auto bytes = [](std::string first, const char* middle, const char* last) {
    for (int i = 0; i < 30; ++i) first += middle;
    return first + last;
  };
  check(is_key(key));
  check(!is_key(bytes("00", "00", "00")));
  check(!is_key(bytes("01", "00", "00")));
  check(is_key(bytes("02", "00", "00")));
  check(is_key(bytes("eb", "ff", "7f")));
  check(!is_key(bytes("ec", "ff", "7f")));
  check(!is_key(bytes("ed", "ff", "7f")));
  check(!is_key(bytes("ee", "FF", "7F")));
  check(is_key(bytes("ee", "ff", "7e")));
  check(!is_key(bytes("02", "00", "80")));
  check(!is_key("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"));
  check(!is_key("5F9C95BCA3508C24B1D0B1559C83EF5B04445CC4581C8E86D8224EDDD09F1157"));
  check(!is_key(key.substr(1)) && !is_key(key + "0") && !is_key("") && !is_key("g" + key));
  return failures != 0;
}
