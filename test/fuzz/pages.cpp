// What a source may send: bytes in any encoding become valid UTF-8, and the links
// on them are URLs that may be asked.
#include <cstdint>
#include <cstdlib>

#include "../../tools/fetch-sources/charset.hpp"
#include "../../tools/fetch-sources/links.hpp"
#include "http/retry_after.hpp"
#include "ndjson/json.hpp"

// The first line plays the Content-Type, the rest is the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const auto line_end = std::min(input.find('\n'), input.size());
  const std::string_view content_type = input.substr(0, line_end);
  const std::string body = to_utf8(input.substr(std::min(line_end + 1, size)), content_type);
  const Json text{body};
  const auto again = parse_json(to_text(text));
  if (!again || !(*again == text)) std::abort();

  const HttpUrl page = *parse_http_url("https://a.example/x/y?z");
  for (const HttpUrl& link : links_of(body, page, 1000)) {
    const auto same = parse_http_url(link.text);
    if (!same || same->text != link.text || same->host != link.host) std::abort();
  }
  retry_after(content_type, 1795378493);
  return 0;
}
