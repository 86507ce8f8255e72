#include "url/join_url.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/ascii.hpp"
#include "url/host.hpp"

namespace {

constexpr std::size_t kKeyDigits = 64;
constexpr std::size_t kLongestToken = 64;
constexpr std::size_t kLongestBaseUrl = 267;  // libsession refuses more
constexpr int kHttp = 80, kHttps = 443;

bool is_token_char(char c) { return is_alnum(c) || c == '_' || c == '-'; }
// Removes the front of `text` up to the first of `ends`, and returns that front.
std::string_view take_until(std::string_view& text, std::string_view ends) {
  std::string_view taken = text;
  for (const char end : ends) taken = taken.substr(0, taken.find(end));
  text.remove_prefix(taken.size());
  return taken;
}

LinkRefusal refused(LinkFault fault, std::string text) { return {fault, std::move(text)}; }

// Cuts the scheme and "//" off. Clients read a link without a scheme as http, and also one whose
// scheme only means "open this in Session".
Result<std::string, LinkRefusal> take_scheme(std::string_view& text) {
  for (bool is_wrapped = false;; is_wrapped = true) {
    const auto end = text.substr(0, text.find_first_of("/?#")).size();
    const bool has_slashes = text.substr(end).starts_with("//");
    if (end == 0 && has_slashes) {
      text.remove_prefix(2);
      return std::string{"http"};
    }
    if (end == 0 || !has_slashes || text[end - 1] != ':') return std::string{"http"};
    const std::string scheme = to_lower(text.substr(0, end - 1));
    const bool is_session = scheme == "session" || scheme.starts_with("session-");
    if (scheme != "http" && scheme != "https" && (!is_session || is_wrapped))
      return refused(LinkFault::scheme, "the scheme is neither http nor https");
    text.remove_prefix(end + 2);
    if (!is_session) return scheme;
  }
}

Result<int, LinkRefusal> parse_port(std::string_view text, const std::string& scheme) {
  if (text.empty()) return scheme == "https" ? kHttps : kHttp;
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port < 1 || port > 65535)
    return refused(LinkFault::port, "the port is not a number from 1 to 65535");
  return port;
}

// Cuts scheme, host and port off.
Result<BaseUrl, LinkRefusal> take_base(std::string_view& text) {
  Result<std::string, LinkRefusal> scheme = take_scheme(text);
  if (!scheme) return scheme.why();
  const std::string_view authority = take_until(text, "/?#\\");
  if (authority.find('@') != std::string_view::npos)
    return refused(LinkFault::user_info, "there is user information before the host");
  const auto bracket = authority.find(']');
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  Result<std::string> host = canonical_host(authority.substr(0, colon));
  if (!host) return refused(LinkFault::host, host.reason());
  const Result<int, LinkRefusal> port = parse_port(
      colon == std::string_view::npos ? std::string_view{} : authority.substr(colon + 1), *scheme);
  if (!port) return port.why();
  BaseUrl base{std::move(*scheme), std::move(*host), *port};
  if (base.text().size() > kLongestBaseUrl)
    return refused(LinkFault::too_long, "the base URL is longer than 267 characters");
  return base;
}

// The token in a path: /TOKEN or /r/TOKEN, with or without slashes at the end.
Result<std::string, LinkRefusal> parse_path(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty() && parts.size() < 3) {
    path.remove_prefix(1);
    if (const auto part = take_until(path, "/"); !part.empty()) parts.push_back(part);
  }
  if (parts.size() == 2 && parts[0] == "r") parts.erase(parts.begin());
  if (parts.empty()) return refused(LinkFault::no_token, "there is no room token");
  if (parts.size() > 1) return refused(LinkFault::path, "there is a path before the room token");
  if (parts[0].size() > kLongestToken)
    return refused(LinkFault::token, "the room token is longer than 64 characters");
  if (!is_token(parts[0]))
    return refused(LinkFault::token,
                   "the room token has other characters than letters, digits, \"_\" and \"-\"");
  return std::string{parts[0]};
}

Result<std::string, LinkRefusal> parse_query(std::string_view query) {
  constexpr std::string_view kName = "public_key=";
  std::string key;
  while (!query.empty()) {
    query.remove_prefix(1);  // "?" or "&"
    const std::string_view parameter = take_until(query, "&");
    if (!parameter.starts_with(kName)) continue;
    Result<std::string, LinkRefusal> parsed = parse_public_key(parameter.substr(kName.size()));
    if (!parsed) return parsed;
    if (!key.empty() && key != *parsed)
      return refused(LinkFault::two_keys, "there are two different keys");
    key = *parsed;
  }
  if (key.empty()) return refused(LinkFault::no_key, "there is no public_key");
  return key;
}

}  // namespace

std::string BaseUrl::host_port() const {
  return port == (scheme == "https" ? kHttps : kHttp) ? host : host + ":" + std::to_string(port);
}

std::string BaseUrl::text() const { return scheme + "://" + host_port(); }

bool BaseUrl::is_ip_address() const { return is_ipv6(host) || is_ipv4(host); }

std::string JoinUrl::text() const {
  return base.text() + "/" + token + "?public_key=" + public_key;
}

Result<BaseUrl> parse_base_url(std::string_view text) {
  text = trim(text);
  const Result<BaseUrl, LinkRefusal> base = take_base(text);
  if (!base) return Reason{base.reason()};
  if (!text.empty() && text != "/") return Reason{"there is more than a base URL"};
  return *base;
}

Result<BaseUrl, LinkRefusal> parse_link_base(std::string_view& text) {
  const Result<BaseUrl, LinkRefusal> base = take_base(text);
  if (base && is_ipv6(base->host))
    return refused(LinkFault::host, "the host is an IPv6 address, which no client accepts");
  return base;
}

Result<JoinUrl, LinkRefusal> parse_join_url(std::string_view text) {
  text = trim(text);
  const Result<BaseUrl, LinkRefusal> base = parse_link_base(text);
  if (!base) return base.why();
  const Result<std::string, LinkRefusal> token = parse_path(take_until(text, "?#"));
  if (!token) return token.why();
  const Result<std::string, LinkRefusal> key = parse_query(take_until(text, "#"));
  if (!key) return key.why();
  return JoinUrl{*base, *token, *key};
}

bool is_token(std::string_view text) {
  return !text.empty() && text.size() <= kLongestToken &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_token_char(c); });
}

Result<std::string, LinkRefusal> parse_public_key(std::string_view hex) {
  if (hex.empty()) return refused(LinkFault::key_empty, "the key is empty");
  // A lambda is inlined, a function pointer is not: it saves 5 % of the time of a page of links.
  if (!std::all_of(hex.begin(), hex.end(), [](char c) { return is_hex_digit(c); }))
    return refused(LinkFault::key_digits, "the key has other characters than hex digits");
  if (hex.size() != kKeyDigits)
    return refused(LinkFault::key_length,
                   "the key has " + std::to_string(hex.size()) + " hex digits, not 64");

  // The key is a little-endian number: its last two hex digits are the most significant ones.
  std::string key = to_lower(hex);
  if (key[62] >= '8')
    return refused(LinkFault::key_invalid,
                   "the key has its top bit set, which no server's key has");
  const bool is_near_prime = key.find_first_not_of('f', 2) == 62 && key.ends_with("7f");
  if (is_near_prime && key >= "ed")
    return refused(LinkFault::key_invalid, "the key is not below the prime of Curve25519");
  constexpr std::string_view kOrderEight[] = {
      "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
      "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"};
  const bool is_small = key.find_first_not_of('0', 2) == std::string::npos && key < "02";
  if (is_small || (is_near_prime && key.starts_with("ec")) || key == kOrderEight[0] ||
      key == kOrderEight[1])
    return refused(LinkFault::key_invalid,
                   "the key is of low order, which everybody can compute the secret of");
  return key;
}
