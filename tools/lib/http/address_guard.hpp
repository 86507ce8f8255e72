// Which addresses may be connected to: global unicast addresses, and the networks that the
// operator allows. Checked for each socket, so that names, redirects and changed DNS answers
// are all covered (protocol.md 8; RFC 6890 and IANA's two registries of special-purpose
// addresses).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

struct sockaddr;

// An IPv4 address stands in the last four bytes, behind ::ffff: (RFC 4291).
using AddressBytes = std::array<std::uint8_t, 16>;

// A network: 10.0.0.0/8, fd00::/8, or one address. Bits of the host are ignored.
struct Cidr {
  AddressBytes bytes{};
  int bits = 0;  // of all 128
};
Result<Cidr> parse_cidr(const std::string& text);

// The bytes of an address in text form ("127.0.0.1", "::1", "[::1]"), or nothing.
std::optional<AddressBytes> parse_address(const std::string& text);
// Of an IPv4 or IPv6 socket address; nothing for other families.
std::optional<AddressBytes> bytes_of(const sockaddr& address);
std::string text_of(const AddressBytes& address);  // "127.0.0.1", "2001:db8::1"

class AddressGuard {
 public:
  explicit AddressGuard(std::vector<Cidr> allowed) : allowed_{std::move(allowed)} {}
  // True for an address that a transfer may use. IPv4 inside IPv6 (mapped, NAT64,
  // 6to4, Teredo) is judged as the IPv4 address it leads to.
  bool lets_through(const AddressBytes& address) const;
  // For a host, in lower case, that a proxy resolves: false if its name shows that it is not
  // public. These are names that each machine or network has for itself (RFC 6761, 6762, 8375, and
  // the usual lines of hosts(5)), names without a dot, and names that end in a number, which a
  // resolver may read as an address (URL Standard, 3.5).
  bool may_let_through(std::string_view host) const;

 private:
  bool is_allowed(const AddressBytes& address) const;

  std::vector<Cidr> allowed_;
};
