#include "links.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <unordered_set>

namespace {

constexpr std::size_t kLongestElement = 8192;  // bytes looked at for the end of a link or a <base>

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_'; }

// Whether `text` has `word`, which is in lower case, at `at`.
bool is_at(std::string_view text, std::size_t at, std::string_view word) {
  if (at > text.size() || text.size() - at < word.size()) return false;
  return std::equal(
      word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
      [](char a, char b) { return a == std::tolower(static_cast<unsigned char>(b)); });
}

void append_utf8(std::string& out, unsigned code) {
  const auto add = [&out](unsigned byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xc0 | code >> 6), add(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    add(0xe0 | code >> 12), add(0x80 | (code >> 6 & 0x3f)), add(0x80 | (code & 0x3f));
  } else {
    add(0xf0 | code >> 18), add(0x80 | (code >> 12 & 0x3f));
    add(0x80 | (code >> 6 & 0x3f)), add(0x80 | (code & 0x3f));
  }
}

// An attribute's text: numbered entities and the five that every language knows.
std::string decoded(std::string_view text) {
  constexpr std::pair<std::string_view, char> kNamed[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const auto* named = std::find_if(std::begin(kNamed), std::end(kNamed), [&](const auto& entity) {
      return rest.substr(0, entity.first.size()) == entity.first;
    });
    if (named != std::end(kNamed)) {
      result += named->second;
      at += named->first.size();
      continue;
    }
    if (rest.substr(0, 2) == "&#" && rest.size() > 3) {
      const bool is_hex = rest[2] == 'x' || rest[2] == 'X';
      unsigned code = 0;
      const char* begin = rest.data() + (is_hex ? 3 : 2);
      const auto [end, error] =
          std::from_chars(begin, rest.data() + rest.size(), code, is_hex ? 16 : 10);
      if (error == std::errc{} && end != begin && code > 0 && code <= 0x10ffff) {
        append_utf8(result, code);
        at += static_cast<std::size_t>(end - rest.data());
        at += at < text.size() && text[at] == ';';
        continue;
      }
    }
    result += text[at++];
  }
  return result;
}

// The value of the attribute whose name ends at `at`; moves `at` behind it.
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
      at += element.size() - 1;  // none ends before that
      continue;
    }
    for (std::size_t name = 5; name < end; ++name) {
      if (!is_at(element, name, "href")) continue;
      name += 4;
      const Result<HttpUrl> base = resolve_url(page, decoded(attribute_value(element, name)));
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
    while (!reference.empty() && is_space(reference.front())) reference.remove_prefix(1);
    while (!reference.empty() && is_space(reference.back())) reference.remove_suffix(1);
    if (reference.empty() || reference[0] == '#') return;
    const Result<HttpUrl> url = resolve_url(base, reference);
    if (url && seen.insert(url->text).second) links.push_back(*url);
  };
  for (std::size_t at = 0; at < body.size() && links.size() < most && looked_at < 5 * most;) {
    const bool starts_word = at == 0 || !is_word(body[at - 1]);
    if (starts_word && (is_at(body, at, "href") || is_at(body, at, "src"))) {
      at += is_at(body, at, "src") ? 3 : 4;
      add(decoded(attribute_value(body, at)));
    } else if (starts_word && (is_at(body, at, "http://") || is_at(body, at, "https://"))) {
      const std::string_view url = bare_url(body, at);
      add(decoded(url));
      at += url.size() + 1;
    } else if (body.substr(at, 2) == "](") {
      std::string_view url = body.substr(at + 2, kLongestElement);
      const auto size = url.find_first_of(") \t\r\n");
      at += size == std::string_view::npos ? kLongestElement : 2;  // none ends before that
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
