// The links of a page: URLs that may be asked, each once, no more than were wanted.
#include "../../tools/fetch-sources/links.hpp"

#include <set>

#include "fuzz.hpp"

FUZZ(text) {
  static const HttpUrl page = *parse_http_url("https://a.example/x/y?z");
  const auto links = links_of(text, page, 50);
  expect(links.size() <= 50);
  std::set<std::string> seen;
  for (const HttpUrl& link : links) {
    expect(seen.insert(link.text).second);
    const auto same = parse_http_url(link.text);
    expect(same && same->text == link.text && same->host == link.host);
  }
}
