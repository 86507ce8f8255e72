// The address guard, URLs and --connect-to: what may be asked, and where.
#include <cstdio>
#include <string>

#include "cli/errors.hpp"
#include "http/address_guard.hpp"
#include "http/connect_to.hpp"
#include "http/http_url.hpp"

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

static void expect(bool open, const AddressGuard& guard, const char* text) {
  const auto address = parse_address(text);
  if (!address || guard.lets_through(*address) != open) {
    ++failures;
    std::printf("%s should be %s\n", text, open ? "let through" : "refused");
  }
}

static void check_guard() {
  const AddressGuard guard{{}};
  for (const char* text : {"1.1.1.1",
                           "9.255.255.255",
                           "11.0.0.0",
                           "100.63.255.255",
                           "100.128.0.0",
                           "126.255.255.255",
                           "128.0.0.0",
                           "169.253.255.255",
                           "169.255.0.0",
                           "172.15.255.255",
                           "172.32.0.0",
                           "192.0.1.0",
                           "192.167.255.255",
                           "192.169.0.0",
                           "198.17.255.255",
                           "198.20.0.0",
                           "203.0.112.255",
                           "223.255.255.255",
                           "::ffff:1.1.1.1",
                           "64:ff9b::1.1.1.1",
                           "2002:101:101::1",
                           "2606:4700::1111",
                           "2a00::1",
                           "2001:200::1",
                           "2001:0:101:101:0:0:fefe:fefe",
                           "3ffe:ffff::1"})
    expect(true, guard, text);
  for (const char* text : {"0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.1",
                           "10.255.255.255",
                           "100.64.0.1",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.255.255",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.8",
                           "192.0.2.1",
                           "192.88.99.1",
                           "192.168.1.1",
                           "198.18.0.1",
                           "198.19.255.255",
                           "198.51.100.7",
                           "203.0.113.1",
                           "224.0.0.1",
                           "239.255.255.250",
                           "240.0.0.1",
                           "255.255.255.255",  // IPv4
                           "::",
                           "::1",
                           "::7f00:1",
                           "fe80::1",
                           "febf::1",
                           "fec0::1",
                           "fc00::1",
                           "fdff::1",
                           "ff02::1",
                           "100::1",
                           "5f00::1",
                           "4000::1",
                           "2001:2::1",
                           "2001:10::1",
                           "2001:20::1",
                           "2001:db8::1",
                           "3fff::1",
                           "64:ff9b:1::1",  // IPv6
                           "::ffff:127.0.0.1",
                           "::ffff:10.1.1.1",
                           "::ffff:169.254.169.254",
                           "::ffff:0:10.0.0.1",
                           "64:ff9b::127.0.0.1",
                           "64:ff9b::10.0.0.1",
                           "2002:7f00:1::1",
                           "2002:a00:1::",
                           "2002:c0a8:101::5",  // IPv4 inside
                           "2001:0:7f00:1:0:0:fefe:fefe",
                           "2001:0:101:101:0:0:80ff:fffe"})  // Teredo: 127.0.0.1
    expect(false, guard, text);

  const AddressGuard some{
      {*parse_cidr("127.0.0.1"), *parse_cidr("10.9.8.7/9"), *parse_cidr("fd00::/8")}};
  for (const char* text : {"127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::127.0.0.1", "10.127.255.255",
                           "fd12::1", "1.1.1.1"})
    expect(true, some, text);
  for (const char* text : {"127.0.0.2", "::ffff:127.0.0.2", "10.128.0.0", "fc12::1", "::1"})
    expect(false, some, text);

  // As a proxy would look them up.
  for (const char* host :
       {"a.example", "a.example.", "localhost.example", "mylocalhost.net", "1.1.1.1", "0x7f.a",
        "a.x0", "10.0.0.1.nip.example", "[2606:4700::1111]", "abc.onion"})
    if (!guard.may_let_through(host)) ++failures, std::printf("%s should be let through\n", host);
  for (const char* host : {"",
                           ".",
                           "localhost",
                           "localhost.",
                           "a.localhost",
                           "localhost.localdomain",
                           "x.localdomain6",
                           "ip6-localhost",
                           "ip6-loopback",
                           "localhost6",
                           "printer",
                           "nas.local",
                           "a.home.arpa",
                           "metadata.google.internal",
                           "127.0.0.1",
                           "127.0.0.1.",
                           "0x7f.0x0.0x0.0x1",
                           "0x7f.1.",
                           "0177.0.0.1..",
                           "a.0x",
                           "a.7",
                           "2130706433",
                           "[::1]",
                           "[::1%25lo]",
                           "[x]"})
    if (guard.may_let_through(host)) ++failures, std::printf("%s should be refused\n", host);
  check(some.may_let_through("127.0.0.1") && !some.may_let_through("localhost"));

  for (const char* text : {"", "10", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x",
                           "0x7f.1", "fd00::/129", "localhost", "010.0.0.1", "10.0.0.0/8/8"})
    check(!parse_cidr(text));
  check(text_of(*parse_address("::ffff:1.2.3.4")) == "1.2.3.4");
  check(text_of(*parse_address("[2001:DB8::1]")) == "2001:db8::1");
}

static std::string host_of(std::string_view text) {
  const auto url = parse_http_url(text);
  return url ? url->host_port() : "refused";
}

static std::string resolved(std::string_view base, std::string_view reference) {
  const auto url = resolve_url(*parse_http_url(base), reference);
  return url ? url->text : "refused";
}

static void check_urls() {
  check(host_of("HTTPS://A.Example./x") == "a.example:443");
  check(host_of("https://b\xc3\xbc"
                "cher.example/x") == "xn--bcher-kva.example:443");
  check(host_of("https://b\xff"
                "cher.example/x") == "refused");
  check(host_of("http://0x7f.1/") == "127.0.0.1:80");
  check(host_of("http://2130706433/") == "127.0.0.1:80");
  check(host_of("http://0177.0.0.1:8080/") == "127.0.0.1:8080");
  check(host_of("http://[::FFFF:7f00:1]/") == "[::ffff:7f00:1]:80" ||
        host_of("http://[::FFFF:7f00:1]/") == "[::ffff:127.0.0.1]:80");
  for (const char* text :
       {"", "a.example", "file:///etc/passwd", "gopher://a.example/", "ftp://a.example/",
        "http://user@a.example/", "http://u:p@a.example/", "http://a.example:25/",
        "http://a.example:6667/", "http://a.example:99999/", "http://", "http://a.example/\nx",
        "http://a.example\r\nHost: b/", "javascript:alert(1)"})
    if (host_of(text) != "refused")
      ++failures, std::printf("%s should be refused, is %s\n", text, host_of(text).c_str());
  check(host_of("http://a.example/" + std::string(10'000, 'a')) == "refused");

  check(resolved("http://a.example/x/y?q=1/2#f", "z") == "http://a.example/x/z");
  check(resolved("http://a.example/x/y", "../z?b#c") == "http://a.example/z?b");
  check(resolved("http://a.example/?all=groups", "v.php?id=1") == "http://a.example/v.php?id=1");
  check(resolved("http://a.example/x/y?q", "?p") == "http://a.example/x/y?p");
  check(resolved("https://a.example/x", "//b.example/y") == "https://b.example/y");
  check(resolved("https://a.example/x", "HTTP://B.example/y") == "http://B.example/y" ||
        resolved("https://a.example/x", "HTTP://B.example/y") == "http://b.example/y");
  check(resolved("http://a.example/", "mailto:x@a.example") == "refused");
  check(resolved("http://a.example/", "//u@b.example/") == "refused");
  check(resolved("http://a.example/", "caf\xc3\xa9 1") == "http://a.example/caf%c3%a9%201");
}

static void check_connect_to() {
  const ConnectTo to{{"a.example:80:127.0.0.1:8080", "a.example::127.0.0.2:", "[::1]:80:[::2]:81",
                      "::127.0.0.3:9", "b.example:80:127.0.0.4:8080"}};
  check(to.entry_for("a.example", 80) == "::127.0.0.1:8080");
  check(to.entry_for("a.example", 81) == "::127.0.0.2:");
  check(to.entry_for("[::1]", 80) == "::[::2]:81");
  check(to.entry_for("b.example", 80) == "::127.0.0.3:9");  // the first that fits, as in curl
  check(ConnectTo{{}}.entry_for("a.example", 80).empty());
  for (const char* text : {"", "a", "a:80", "a:80:b", "[::1:80"}) try {
      ConnectTo{{text}};
      check(false);
    } catch (const UsageError&) {
    }
}

int main() {
  check_guard();
  check_urls();
  check_connect_to();
  return failures != 0;
}
