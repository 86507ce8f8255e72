// Host names and addresses in their one canonical form.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

// The canonical form of a host as it stands in a URL, before the port:
//
//   Sog.Example.      ->  sog.example
//   münchen.example   ->  xn--mnchen-3ya.example
//   127.0.0.1         ->  127.0.0.1
//   [2001:DB8:0::1]   ->  [2001:db8::1]
//
// Refuses what no Session client accepts and what clients read differently (protocol.md 5.1):
// names without a dot, underscores, labels that begin or end with a hyphen, IPv4 in octal,
// hexadecimal or short form. No client accepts IPv6 either, but it can be a server's address:
// only parse_join_url() refuses it.
Result<std::string> canonical_host(std::string_view text);

// Of a canonical host.
bool is_ipv4(const std::string& host);
inline bool is_ipv6(const std::string& host) { return host.starts_with('['); }
bool is_in_overlay(std::string_view host);          // .onion, .loki
bool is_in_private_network(std::string_view host);  // by its address: RFC 1918, loopback
