#include "page_links.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "text/clean.hpp"

namespace {

constexpr std::size_t kLongestSpelling = 1024;
constexpr std::size_t kLongestCharacter = 4;

}  // namespace

std::string spelling_of(std::string_view text, const LinkMatch& match) {
  const std::size_t size = match.end - match.begin;
  const std::string_view bytes =
      text.substr(match.begin, std::min(size, kLongestSpelling + kLongestCharacter));
  std::string spelling = is_ascii(bytes) ? std::string{bytes} : mend_utf8(bytes);
  if (spelling.size() > kLongestSpelling) {
    std::size_t end = kLongestSpelling;
    while ((spelling[end] & 0xc0) == 0x80) --end;  // inside a character
    spelling.resize(end);
  }
  return spelling;
}

void PageLinks::add(std::string_view text, const LinkMatch& match) {
  meets_markup_ |= match.meets_markup;
  if (match.url) {
    std::string canonical = match.url->text();
    const bool is_canonical = text.substr(match.begin, match.end - match.begin) == canonical;
    if (const auto known = by_text_.find(canonical); known != by_text_.end()) {
      if (is_canonical) known->second->as.reset();
      return;
    }
    Link& link = add(*match.url, std::move(canonical));
    if (!is_canonical) link.as = spelling_of(text, match);
  } else if (match.refusal) {
    std::string as = spelling_of(text, match);
    if (missed_.insert(as).second)
      misses_.push_back({std::move(as), *match.refusal, match.base, match.meets_markup});
  }
}

PageLinks::Link& PageLinks::add(const JoinUrl& url, std::string canonical) {
  Link& link =
      links_.emplace_back(Link{std::move(canonical), url.base.text().size(), std::nullopt});
  by_text_.emplace(link.text, &link);
  return link;
}

bool PageLinks::add_parsed(std::string_view text, const LinkMatch& match) {
  if (!match.url || by_text_.contains(match.url->text())) return false;
  std::string spelling = spelling_of(text, match);
  for (auto at = spelling.find("<b>"); at != std::string::npos; at = spelling.find("<b>", at))
    spelling.erase(at, 3);  // the parser's mark where an element begins or ends
  Link& link = add(*match.url, match.url->text());
  if (spelling != link.text) link.as = std::move(spelling);
  std::erase_if(misses_, [](const Miss& miss) { return miss.meets_markup; });
  return true;
}
