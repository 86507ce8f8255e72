#include "http/address_guard.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/ascii.hpp"

namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

AddressBytes mapped(const std::uint8_t* v4, std::uint8_t flip = 0) {
  AddressBytes bytes{};
  std::copy(kMapped.begin(), kMapped.end(), bytes.begin());
  for (std::size_t i = 0; i < 4; ++i) bytes[12 + i] = v4[i] ^ flip;
  return bytes;
}

bool is_v4(const AddressBytes& address) {
  return std::equal(kMapped.begin(), kMapped.end(), address.begin());
}

bool is_in(const AddressBytes& address, const AddressBytes& network, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(network.begin(), network.begin() + whole, address.begin())) return false;
  const int rest = bits % 8;
  return rest == 0 || (address[whole] ^ network[whole]) >> (8 - rest) == 0;
}

struct Network {
  std::uint8_t bytes[4];
  int bits;
};

// IANA IPv4 Special-Purpose Address Registry, multicast, and what is reserved.
constexpr Network kNotPublic[] = {
    {{0, 0, 0, 0}, 8},      {{10, 0, 0, 0}, 8},     {{100, 64, 0, 0}, 10}, {{127, 0, 0, 0}, 8},
    {{169, 254, 0, 0}, 16}, {{172, 16, 0, 0}, 12},  {{192, 0, 0, 0}, 24},  {{192, 0, 2, 0}, 24},
    {{192, 88, 99, 0}, 24}, {{192, 168, 0, 0}, 16}, {{198, 18, 0, 0}, 15}, {{198, 51, 100, 0}, 24},
    {{203, 0, 113, 0}, 24}, {{224, 0, 0, 0}, 4},    {{240, 0, 0, 0}, 4},
};

bool is_public_v4(const AddressBytes& address) {
  return std::none_of(std::begin(kNotPublic), std::end(kNotPublic), [&](const Network& network) {
    return is_in(address, mapped(network.bytes), 96 + network.bits);
  });
}

bool starts_with(const AddressBytes& address, std::initializer_list<std::uint8_t> bytes) {
  return std::equal(bytes.begin(), bytes.end(), address.begin());
}

// The IPv4 addresses that an IPv6 one leads to; empty for a plain one.
std::vector<AddressBytes> inner_v4(const AddressBytes& address) {
  const std::uint8_t* bytes = address.data();
  if (starts_with(address, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}))  // NAT64
    return {mapped(bytes + 12)};
  if (starts_with(address, {0x20, 0x02})) return {mapped(bytes + 2)};  // 6to4
  if (starts_with(address, {0x20, 0x01, 0, 0}))  // Teredo: its server, and the client behind
    return {mapped(bytes + 4), mapped(bytes + 12, 0xff)};
  return {};
}

bool is_public_v6(const AddressBytes& address) {
  return (address[0] & 0xe0) == 0x20 &&  // 2000::/3, all that is given out for unicast
         !(starts_with(address, {0x20, 0x01}) && address[2] < 2) &&   // IETF protocols, ORCHID
         !starts_with(address, {0x20, 0x01, 0x0d, 0xb8}) &&           // documentation
         !(starts_with(address, {0x3f, 0xff}) && address[2] < 0x10);  // documentation
}

constexpr std::string_view kLocalDomains[] = {"localhost", "localdomain", "localdomain6",
                                              "local",     "home.arpa",   "internal"};

bool is_local(std::string_view name) {
  return std::any_of(std::begin(kLocalDomains), std::end(kLocalDomains),
                     [name](std::string_view domain) {
                       return name.size() > domain.size() && name.ends_with(domain) &&
                              name[name.size() - domain.size() - 1] == '.';
                     });
}

// 12, 0x1f, 0x
bool is_number(std::string_view label) {
  if (label.starts_with("0x")) return is_lower_hex(label.substr(2));
  return !label.empty() && std::all_of(label.begin(), label.end(), is_digit);
}

}  // namespace

std::optional<AddressBytes> parse_address(const std::string& text) {
  AddressBytes bytes{};
  if (in_addr v4{}; inet_pton(AF_INET, text.c_str(), &v4) == 1)
    return mapped(reinterpret_cast<const std::uint8_t*>(&v4));
  const bool in_brackets = text.size() > 2 && text.front() == '[' && text.back() == ']';
  const std::string bare = in_brackets ? text.substr(1, text.size() - 2) : text;
  if (inet_pton(AF_INET6, bare.c_str(), bytes.data()) == 1) return bytes;
  return std::nullopt;
}

std::optional<AddressBytes> bytes_of(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return mapped(reinterpret_cast<const std::uint8_t*>(&v4.sin_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    AddressBytes bytes{};
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return bytes;
  }
  return std::nullopt;
}

std::string text_of(const AddressBytes& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (is_v4(address))
    inet_ntop(AF_INET, address.data() + 12, text, sizeof text);
  else
    inet_ntop(AF_INET6, address.data(), text, sizeof text);
  return text;
}

Result<Cidr> parse_cidr(const std::string& text) {
  const auto slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return Reason{"expected an address or a network such as 10.0.0.0/8 or fd00::/8"};
  const bool v4 = text.find(':') == std::string::npos;
  const int most = v4 ? 32 : 128;
  int bits = most;
  if (slash != std::string::npos) {
    const char* begin = text.data() + slash + 1;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(begin, end, bits);
    if (error != std::errc{} || stop != end || bits < 0 || bits > most)
      return Reason{"expected 0 to " + std::to_string(most) + " after the slash"};
  }
  return Cidr{*address, bits + 128 - most};
}

bool AddressGuard::is_allowed(const AddressBytes& address) const {
  return std::any_of(allowed_.begin(), allowed_.end(), [&](const Cidr& network) {
    return is_in(address, network.bytes, network.bits);
  });
}

bool AddressGuard::lets_through(const AddressBytes& address) const {
  if (is_allowed(address)) return true;
  if (is_v4(address)) return is_public_v4(address);
  const auto inner = inner_v4(address);
  if (!inner.empty())
    return std::all_of(inner.begin(), inner.end(),
                       [&](const AddressBytes& v4) { return is_allowed(v4) || is_public_v4(v4); });
  return is_public_v6(address);
}

bool AddressGuard::may_let_through(std::string_view host) const {
  while (host.ends_with('.')) host.remove_suffix(1);
  if (const auto address = parse_address(std::string{host})) return lets_through(*address);
  const auto dot = host.rfind('.');
  if (dot == host.npos || host.front() == '[') return false;
  return !is_number(host.substr(dot + 1)) && !is_local(host);
}
