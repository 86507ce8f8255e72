// Join links in a text of any kind: they are canonical, lie in the text, and are the same in
// whatever pieces the text comes. The first byte is the size of a piece.
#include <algorithm>
#include <vector>

#include "../../tools/extract-joins/explanation.hpp"
#include "../../tools/extract-joins/page_links.hpp"
#include "fuzz.hpp"

struct Found {
  std::size_t begin, end;
  std::string what;
  bool operator==(const Found&) const = default;
};

static std::vector<Found> links_of(std::string_view text, std::size_t step) {
  std::vector<Found> found;
  std::size_t gone = 0, read = std::min(step, text.size());
  LinkScanner scanner{[&](std::string_view window, const LinkMatch& match) {
    expect(match.begin <= match.end && match.end <= window.size());
    found.push_back({gone + match.begin, gone + match.end,
                     match.url       ? match.url->text()
                     : match.refusal ? match.refusal->text
                                     : ""});
  }};
  for (;; read = std::min(read + step, text.size())) {
    const bool is_last = read == text.size();
    const std::size_t done = scanner.scan(text.substr(gone, read - gone), is_last);
    expect(gone + done <= read);
    if (is_last) return found;
    gone += done;
  }
}

FUZZ(text) {
  const std::size_t step = 1 + 37 * take_byte(text);
  expect(links_of(text, text.size() + 1) == links_of(text, step));

  PageLinks page;
  LinkScanner scanner{[&](std::string_view window, const LinkMatch& match) {
    page.add(window, match);
    for (const char c : printable(spelling_of(window, match))) expect(c >= ' ' && c < 0x7f);
  }};
  scanner.scan(text, true);
  for (const PageLinks::Link& link : page.links()) {
    const auto url = parse_join_url(link.text);
    expect(url && url->text() == link.text);
    expect(url->base.text() == link.base_url() && url->token == link.token() &&
           url->public_key == link.public_key());
    expect(!link.as || (is_utf8(*link.as) && link.as->size() <= 1024));
  }
  for (const PageLinks::Miss& miss : page.misses())
    expect(is_utf8(miss.as) && miss.as.size() <= 1024 && !miss.refusal.text.empty());
}
