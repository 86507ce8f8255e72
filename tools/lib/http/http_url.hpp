// URLs as libcurl reads them, so that the URL that is checked is the URL that is requested.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

// An http: or https: URL that may be requested.
struct HttpUrl {
  std::string text;    // ASCII, without fragment and user information
  std::string scheme;  // "http" or "https"
  std::string
      host;  // ASCII, lower case; numbers as addresses (0x7f.1 is 127.0.0.1), IPv6 in brackets
  int port = 0;

  std::string host_port() const { return host + ":" + std::to_string(port); }
};

// Refuses other schemes, user information, and the ports that browsers refuse
// (the Fetch Standard's "bad port"s: an HTTP request there could be taken for mail
// or chat). Spaces and bytes that are not ASCII come out percent-encoded.
Result<HttpUrl> parse_http_url(std::string_view text);

// What `reference` means on the page at `base` (RFC 3986, 5); refused as above.
Result<HttpUrl> resolve_url(const HttpUrl& base, std::string_view reference);

bool is_refused_port(int port);
