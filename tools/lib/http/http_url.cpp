#include "http/http_url.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

#include "base/ascii.hpp"
#include "base/handle.hpp"
#include "url/host.hpp"

namespace {

using Url = Handle<CURLU, curl_url_cleanup>;

constexpr std::size_t kLongestUrl = 8192;  // bytes; servers rarely take more

// Fetch Standard, "port blocking"; in order, for the search.
constexpr int kRefusedPorts[] = {
    0,    1,    7,    9,    11,   13,   15,   17,   19,   20,   21,   22,   23,   25,
    37,   42,   43,   53,   69,   77,   79,   87,   95,   101,  102,  103,  104,  109,
    110,  111,  113,  115,  117,  119,  123,  135,  137,  139,  143,  161,  179,  389,
    427,  465,  512,  513,  514,  515,  526,  530,  531,  532,  540,  548,  554,  556,
    563,  587,  601,  636,  989,  990,  993,  995,  1719, 1720, 1723, 2049, 3659, 4045,
    4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080};

std::string part_of(const Url& url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, flags) != CURLUE_OK) return "";
  const Handle<char, curl_free> owner{text};
  return text;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool has(const Url& url, CURLUPart part) {
  char* text = nullptr;
  const bool there = curl_url_get(url.get(), part, &text, 0) == CURLUE_OK;
  curl_free(text);
  return there;
}

Result<HttpUrl> checked(const Url& url) {
  HttpUrl parts;
  parts.scheme = part_of(url, CURLUPART_SCHEME);
  if (parts.scheme != "http" && parts.scheme != "https")
    return Reason{"expected http: or https: in front"};
  if (has(url, CURLUPART_USER) || has(url, CURLUPART_PASSWORD))
    return Reason{"user information in a URL is refused"};
  curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);

  parts.host = part_of(url, CURLUPART_HOST);
  if (!is_ascii(parts.host)) {  // libcurl 7.88 leaks memory over names that it can't translate
    const Result<std::string> name = canonical_host(parts.host);
    if (!name) return Reason{name.reason()};
    curl_url_set(url.get(), CURLUPART_HOST, name->c_str(), 0);
    parts.host = *name;
  }
  // libcurl 7.88 decodes %7f and the like, and accepts them as letters of a name.
  if (has_control(parts.host)) return Reason{"a control character in a host"};
  parts.host = to_lower(parts.host);
  if (parts.host.size() > 1 && parts.host.back() == '.') parts.host.pop_back();
  const std::string port = part_of(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), parts.port);
  if (is_refused_port(parts.port)) return Reason{"port " + port + " is refused, as in browsers"};
  parts.text = part_of(url, CURLUPART_URL);
  if (parts.text.empty() || parts.host.empty()) return Reason{"not a URL"};
  return parts;
}

// Parses again what comes out until it no longer changes, at most `turns` times.
Result<HttpUrl> set_url(const Url& url, std::string_view text, int turns = 3) {
  if (text.size() > kLongestUrl)
    return Reason{"a URL of more than " + std::to_string(kLongestUrl) + " bytes"};
  if (has_control(text)) return Reason{"a control character in a URL"};
  const std::string terminated{text};
  const CURLUcode code =
      curl_url_set(url.get(), CURLUPART_URL, terminated.c_str(), CURLU_URLENCODE);
  if (code == CURLUE_UNSUPPORTED_SCHEME) return Reason{"expected http: or https: in front"};
  if (code != CURLUE_OK) return Reason{"not a URL: " + std::string{curl_url_strerror(code)}};
  Result<HttpUrl> parts = checked(url);
  // "http://%35/" is printed as "http://5/", which is read as "http://0.0.0.5/".
  if (!parts || parts->text == text) return parts;
  if (turns == 0) return Reason{"a URL that changes each time it is parsed"};
  return set_url(Url{curl_url()}, parts->text, turns - 1);
}

}  // namespace

bool is_refused_port(int port) {
  return std::binary_search(std::begin(kRefusedPorts), std::end(kRefusedPorts), port);
}

Result<HttpUrl> parse_http_url(std::string_view text) {
  const Url url{curl_url()};
  return set_url(url, text);
}

Result<HttpUrl> resolve_url(const HttpUrl& base, std::string_view reference) {
  const Url url{curl_url()};
  if (curl_url_set(url.get(), CURLUPART_URL, base.text.c_str(), 0) != CURLUE_OK)
    return Reason{"not a URL: " + base.text};
  return set_url(url, reference);
}
