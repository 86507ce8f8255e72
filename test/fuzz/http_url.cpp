// URLs that may be asked: one form that stays what it is, and no port or user that is refused.
// The first line is a URL, the rest a reference on the page there.
#include "http/http_url.hpp"

#include "fuzz.hpp"

static void is_canonical(const HttpUrl& url) {
  const auto again = parse_http_url(url.text);
  expect(again && again->text == url.text && again->host == url.host && again->port == url.port);
  expect(url.scheme == "http" || url.scheme == "https");
  expect(!is_refused_port(url.port));
  expect(url.text.starts_with(url.scheme + "://"));
  expect(url.text.find('#') == url.text.npos);
  for (const unsigned char c : url.text) expect(c > ' ' && c < 0x7f);
}

FUZZ(text) {
  const auto page = parse_http_url(take_line(text));
  if (!page) return;
  is_canonical(*page);
  if (const auto link = resolve_url(*page, text)) is_canonical(*link);
}
