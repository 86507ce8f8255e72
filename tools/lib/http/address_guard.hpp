// Which addresses may be connected to: global unicast ones, and the networks
// an operator allows. Asked at the socket, so that names, redirects and changed
// DNS answers are all covered (protocol.md 8; RFC 6890).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

struct sockaddr;

// A network: 10.0.0.0/8, fd00::/8, or one address.
struct Cidr {
  bool is_v6 = false;
  std::uint8_t bytes[16] = {};
  int bits = 0;
};
Result<Cidr> parse_cidr(const std::string& text);

class AddressGuard {
 public:
  explicit AddressGuard(std::vector<Cidr> allowed) : allowed_{std::move(allowed)} {}
  // True for an address that a transfer may use. IPv4 inside IPv6 (mapped, NAT64,
  // 6to4, Teredo) is judged as the IPv4 address it leads to.
  bool lets_through(const sockaddr& address) const;

 private:
  std::vector<Cidr> allowed_;
};
