// Base URLs and join URLs: turns every spelling that people publish into the one form
// that every Session client accepts (design: Canonical URLs; protocol.md 5.1).
//
//   HTTPS://Sog.Example.:443/cats/?x=1&public_key=<64 HEX>#top
//     ->  https://sog.example/cats?public_key=<64 hex>
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "url/link_refusal.hpp"

// scheme://host[:port], canonical.
struct BaseUrl {
  std::string scheme;  // "http" or "https"
  std::string host;    // lower case, ASCII; IPv6 canonical in brackets
  int port = 0;        // always set; text() leaves out the default port of the scheme

  std::string text() const;       // "https://sog.example"
  std::string host_port() const;  // "sog.example" or "sog.example:8080"
  bool is_ip_address() const;
  bool operator==(const BaseUrl&) const = default;
};

struct JoinUrl {
  BaseUrl base;
  std::string token;       // [0-9A-Za-z_-]{1,64}
  std::string public_key;  // 64 lower-case hex digits

  std::string text() const;  // base/token?public_key=key
};

// A base URL, with or without a trailing slash. A path, query, fragment or user
// information is refused.
Result<BaseUrl> parse_base_url(std::string_view text);

// A join link in any spelling that a client or a person can follow: also without
// a scheme (which means http), as session://…, as /r/TOKEN, with slashes, other
// parameters or a fragment behind it. Nothing is decoded here: extract-joins decodes
// character references, escapes and percent-encoding first.
//
// Refuses, each with its reason: what canonical_host() refuses, IPv6, user information, invalid
// ports, a path before the token, invalid tokens and keys, two different keys. Accepts https
// with a port other than 443 and addresses that are not public, although not every client can
// use them: probe-servers finds out whether a link can be joined.
Result<JoinUrl, LinkRefusal> parse_join_url(std::string_view text);

// Cuts scheme, host and port from the front of a link, as parse_join_url() reads them.
Result<BaseUrl, LinkRefusal> parse_link_base(std::string_view& text);

bool is_token(std::string_view text);

// 64 hex digits of a key that a server can hold: not of low order, below the
// prime, top bit clear (protocol.md 2). Lower-case digits come out.
Result<std::string, LinkRefusal> parse_public_key(std::string_view hex);
