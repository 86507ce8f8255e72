// Domains: what one holder registers counts once, whatever names stand below it.
#include "domain/domain.hpp"

#include <cstdio>

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

int main() {
  check(domain_of("b.example") == "b.example");
  check(domain_of("x.a.b.example") == "b.example");
  check(domain_of("example") == "example");

  // Registries with suffixes of several labels.
  check(domain_of("sogs.one.co.uk") == "one.co.uk");
  check(domain_of("one.co.uk") == "one.co.uk");
  check(domain_of("co.uk") == "co.uk");
  check(domain_of("a.b.kawasaki.jp") == "a.b.kawasaki.jp" &&
        domain_of("a.city.kawasaki.jp") == "city.kawasaki.jp");
  check(domain_of("a.xn--e1afmkfd.xn--p1ai") == "xn--e1afmkfd.xn--p1ai");

  // Free names below a company's suffix are one domain: they would be a budget each.
  check(domain_of("one.duckdns.org") == "duckdns.org" && domain_of("two.github.io") == "github.io");

  check(domain_of("192.0.2.1") == "192.0" && domain_of("192.0.3.9") == "192.0");
  check(domain_of("[2001:db8::1]") == domain_of("[2001:db8:9::1]"));
  check(domain_of("abc.onion") == "onion" && domain_of("a.abc.onion") == "onion" &&
        domain_of("x.loki") == "loki");

  check(domain_of_base_url("https://sogs.one.co.uk:8443") == "one.co.uk");
  check(domain_of_base_url("http://127.0.0.1:8080") == "127.0.0.1:8080");
  check(domain_of_base_url("no link") == "no link");
  return failures != 0;
}
