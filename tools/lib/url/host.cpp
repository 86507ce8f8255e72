#include "url/host.hpp"

#include <arpa/inet.h>
#include <idn2.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "base/handle.hpp"

namespace {

constexpr std::size_t kLongestHost = 253;  // RFC 1035, as text
constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kLongestInput = 1024;  // bytes of UTF-8, before libidn2 sees them

Result<std::string> canonical_ipv6(std::string_view text) {
  unsigned char address[16];
  char canonical[INET6_ADDRSTRLEN];
  if (!text.ends_with(']') ||
      inet_pton(AF_INET6, std::string{text.substr(1, text.size() - 2)}.c_str(), address) != 1)
    return Reason{"the host is not an IPv6 address"};
  inet_ntop(AF_INET6, address, canonical, sizeof canonical);
  return "[" + std::string{canonical} + "]";
}

Result<std::string> ascii_form(std::string_view host) {
  if (is_ascii(host)) return std::string{host};
  char* out = nullptr;
  const int code =
      idn2_to_ascii_8z(std::string{host}.c_str(), &out, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
  const Handle<char, idn2_free> owner{out};
  if (code != IDN2_OK)
    return Reason{"the host is not an internationalised name: " + std::string{idn2_strerror(code)}};
  return std::string{out};
}

// Why a name in ASCII, without trailing dot, is not a host; "" when it is.
std::string fault_of(std::string_view host) {
  if (host.size() > kLongestHost) return "the host is longer than 253 characters";
  for (const char c : host)
    if (c == '_')
      return "the host has an underscore, which no client accepts";
    else if (!is_letter(c) && !is_digit(c) && c != '-' && c != '.')
      return "the host has a character that is not allowed in names";
  if (host.find('.') == std::string_view::npos)
    return "the host has no dot, so no client accepts it";
  for (std::size_t begin = 0; begin <= host.size();) {
    const std::size_t end = std::min(host.find('.', begin), host.size());
    const std::string_view label = host.substr(begin, end - begin);
    if (label.empty()) return "the host has an empty label";
    if (label.size() > kLongestLabel) return "the host has a label of more than 63 characters";
    if (label.front() == '-' || label.back() == '-')
      return "the host has a label that begins or ends with a hyphen";
    begin = end + 1;
  }
  return "";
}

// Whether some client takes the name for an IPv4 address: its last label is a number.
bool looks_like_ipv4(std::string_view host) {
  std::string_view label = host.substr(host.rfind('.') + 1);
  if (label.starts_with("0x")) return is_lower_hex(label.substr(2));
  return !label.empty() && std::all_of(label.begin(), label.end(), is_digit);
}

}  // namespace

bool is_in_overlay(std::string_view host) {
  return host.ends_with(".onion") || host.ends_with(".loki");
}

bool is_in_private_network(std::string_view host) {
  unsigned char v4[4];
  if (inet_pton(AF_INET, std::string{host}.c_str(), v4) != 1) return host == "[::1]";
  return v4[0] == 10 || v4[0] == 127 || (v4[0] == 172 && v4[1] / 16 == 1) ||
         (v4[0] == 192 && v4[1] == 168);
}

bool is_ipv4(const std::string& host) {
  unsigned char address[4];
  return inet_pton(AF_INET, host.c_str(), address) == 1;
}

Result<std::string> canonical_host(std::string_view text) {
  if (text.empty()) return Reason{"there is no host"};
  if (text.size() > kLongestInput) return Reason{"the host is longer than 253 characters"};
  if (text.find('\0') != std::string_view::npos)
    return Reason{"the host has a character that is not allowed in names"};
  if (text.front() == '[') return canonical_ipv6(text);

  Result<std::string> ascii = ascii_form(text);
  if (!ascii) return ascii;
  std::string& host = *ascii;
  host = to_lower(host);
  if (host.size() > 1 && host.back() == '.') host.pop_back();
  if (looks_like_ipv4(host)) {
    if (!is_ipv4(host)) return Reason{"the host is an IPv4 address in a form that clients misread"};
    return host;
  }
  if (const std::string fault = fault_of(host); !fault.empty()) return Reason{fault};
  return host;
}
