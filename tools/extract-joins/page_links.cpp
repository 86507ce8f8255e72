#include "page_links.hpp"

#include <algorithm>

namespace {

constexpr std::size_t kLongestSpelling = 1024;

// How many bytes the character at the front has; 0 if it is no UTF-8.
std::size_t size_of_character(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const unsigned first = byte(0), second = byte(1);
  const std::size_t size = first < 0x80   ? 1
                           : first < 0xc2 ? 0
                           : first < 0xe0 ? 2
                           : first < 0xf0 ? 3
                           : first < 0xf5 ? 4
                                          : 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  const bool is_wrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second >= 0xa0) ||
                        (first == 0xf0 && second < 0x90) || (first == 0xf4 && second >= 0x90);
  return is_wrong ? 0 : size;
}

}  // namespace

std::string spelling_of(std::string_view text, const Sighting& sighting) {
  std::string_view rest = text.substr(sighting.begin, sighting.end - sighting.begin);
  std::string spelling;
  while (!rest.empty()) {
    const std::size_t size = size_of_character(rest);
    const std::string_view character = size ? rest.substr(0, size) : "\xef\xbf\xbd";
    if (spelling.size() + character.size() > kLongestSpelling) break;
    spelling += character;
    rest.remove_prefix(size ? size : 1);
  }
  return spelling;
}

void PageLinks::add(std::string_view text, const Sighting& sighting) {
  meets_markup_ |= sighting.meets_markup;
  if (!sighting.url && sighting.reason.empty()) return;
  const std::string_view seen = text.substr(sighting.begin, sighting.end - sighting.begin);
  if (!sighting.url) {
    std::string as = spelling_of(text, sighting);
    if (missed_.insert(as).second)
      misses_.push_back({std::move(as), sighting.reason, sighting.meets_markup});
    return;
  }
  std::string canonical = sighting.url->text();
  const bool is_canonical = seen == canonical;
  if (const auto place = places_.find(canonical); place != places_.end()) {
    if (is_canonical) place->second->as.reset();
  } else {
    Link& link = add(*sighting.url, std::move(canonical));
    if (!is_canonical) link.as = spelling_of(text, sighting);
  }
}

PageLinks::Link& PageLinks::add(const JoinUrl& url, std::string canonical) {
  Link& link =
      links_.emplace_back(Link{std::move(canonical), url.base.text().size(), std::nullopt});
  places_.emplace(link.text, &link);
  return link;
}

bool PageLinks::add_parsed(std::string_view text, const Sighting& sighting) {
  if (!sighting.url || places_.contains(sighting.url->text())) return false;
  std::string spelling = spelling_of(text, sighting);
  for (auto at = spelling.find("<b>"); at != std::string::npos; at = spelling.find("<b>", at))
    spelling.erase(at, 3);  // where elements began and ended
  Link& link = add(*sighting.url, sighting.url->text());
  if (spelling != link.text) link.as = std::move(spelling);
  std::erase_if(misses_, [](const Miss& miss) { return miss.meets_markup; });
  return true;
}
