#include "links.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/ascii.hpp"
#include "html/character_references.hpp"

namespace {

constexpr std::size_t kLongestElement = 8192;  // bytes looked at for the end of a link or a <base>

bool is_word(char c) { return is_alnum(c) || c == '-' || c == '_'; }

// Whether `text` has `word`, which is in lower case, at `at`.
bool is_at(std::string_view text, std::size_t at, std::string_view word) {
  if (at > text.size() || text.size() - at < word.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, char b) { return a == to_lower(b); });
}

// The value of the attribute whose name ends at `at`. Moves `at` behind the value.
std::string_view attribute_value(std::string_view text, std::size_t& at) {
  const auto skip = [&] {
    while (at < text.size() && is_space(text[at])) ++at;
  };
  skip();
  if (at >= text.size() || text[at] != '=') return {};
  ++at;
  skip();
  if (at >= text.size()) return {};
  const char quote = text[at];
  const bool is_quoted = quote == '"' || quote == '\'';
  const std::size_t begin = at + is_quoted;
  std::size_t end = begin;
  while (end < text.size() &&
         (is_quoted ? text[end] != quote : !is_space(text[end]) && text[end] != '>'))
    ++end;
  at = end;
  return text.substr(begin, end - begin);
}

std::string_view bare_url(std::string_view text, std::size_t at) {
  constexpr std::string_view kEnds = " \t\r\n\v\f<>\"'`()[]{}|\\^";
  std::string_view url = text.substr(at, text.find_first_of(kEnds, at) - at);
  while (!url.empty() && std::string_view{".,;:!?*_"}.find(url.back()) != std::string_view::npos)
    url.remove_suffix(1);
  return url;
}

HttpUrl base_of(std::string_view body, const HttpUrl& page) {
  for (auto at = body.find('<'); at != std::string_view::npos; at = body.find('<', at + 1)) {
    if (!is_at(body, at, "<base") || at + 5 >= body.size() || !is_space(body[at + 5])) continue;
    const std::string_view element = body.substr(at, kLongestElement);
    const auto end = element.find('>');
    if (end == std::string_view::npos) {
      at += element.size() - 1;  // no ">" before that
      continue;
    }
    for (std::size_t name = 5; name < end; ++name) {
      if (!is_at(element, name, "href")) continue;
      name += 4;
      const Result<HttpUrl> base =
          resolve_url(page, decode_references(attribute_value(element, name)));
      return base ? *base : page;
    }
    at += end;
  }
  return page;
}

}  // namespace

std::vector<HttpUrl> links_of(std::string_view body, const HttpUrl& page, std::size_t most) {
  const HttpUrl base = base_of(body, page);
  std::vector<HttpUrl> links;
  std::unordered_set<std::string> seen;
  std::size_t looked_at = 0;
  const auto add = [&](std::string_view reference) {
    ++looked_at;
    reference = trim(reference);
    if (reference.empty() || reference[0] == '#') return;
    const Result<HttpUrl> url = resolve_url(base, reference);
    if (url && seen.insert(url->text).second) links.push_back(*url);
  };
  for (std::size_t at = 0; at < body.size() && links.size() < most && looked_at < 5 * most;) {
    const bool starts_word = at == 0 || !is_word(body[at - 1]);
    if (starts_word && (is_at(body, at, "href") || is_at(body, at, "src"))) {
      at += is_at(body, at, "src") ? 3 : 4;
      add(decode_references(attribute_value(body, at)));
    } else if (starts_word && (is_at(body, at, "http://") || is_at(body, at, "https://"))) {
      const std::string_view url = bare_url(body, at);
      add(decode_references(url));
      at += url.size() + 1;
    } else if (body.substr(at, 2) == "](") {
      std::string_view url = body.substr(at + 2, kLongestElement);
      const auto size = url.find_first_of(") \t\r\n");
      at += size == std::string_view::npos ? kLongestElement : 2;  // it does not end before that
      if (size == std::string_view::npos) continue;
      url = url.substr(0, size);
      at += size;
      if (url.size() > 2 && url.front() == '<' && url.back() == '>')
        url = url.substr(1, url.size() - 2);
      add(url);
    } else {
      ++at;
    }
  }
  return links;
}
