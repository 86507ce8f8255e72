#include "text/fold.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include "base/handle.hpp"

namespace {

// Most texts are ASCII, where folding is nothing but small letters.
bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}
std::string small(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* out = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &out,
                   static_cast<utf8proc_option_t>(options | UTF8PROC_STABLE | UTF8PROC_COMPAT |
                                                  UTF8PROC_CASEFOLD | UTF8PROC_IGNORE));
  const Handle<utf8proc_uint8_t, std::free> owned{out};
  if (size < 0) return {};
  return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(size)};
}

bool is_of_word(utf8proc_int32_t character) {
  switch (utf8proc_category(character)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

// The code point at `text[at]` and its length in bytes; a byte that begins none is
// one of length 1 that belongs to no word.
std::pair<utf8proc_int32_t, std::size_t> character_at(std::string_view text, std::size_t at) {
  utf8proc_int32_t character = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                     static_cast<utf8proc_ssize_t>(text.size() - at), &character);
  if (size <= 0) return {0, 1};
  return {character, static_cast<std::size_t>(size)};
}

// What readers may leave out. Vowel signs of Thai or the scripts of India are no
// accents: without them a word is another word.
bool is_accent(utf8proc_int32_t c) {
  const auto within = [c](utf8proc_int32_t first, utf8proc_int32_t last) {
    return first <= c && c <= last;
  };
  return within(0x0300, 0x036F) || within(0x0591, 0x05C7) || within(0x0610, 0x061A) ||
         within(0x064B, 0x065F) || c == 0x0670;
}

}  // namespace

std::string fold_case(std::string_view text) {
  return is_ascii(text) ? small(text) : mapped(text, UTF8PROC_COMPOSE);
}

std::string fold(std::string_view text) {
  if (is_ascii(text)) return small(text);
  const std::string apart = mapped(text, UTF8PROC_DECOMPOSE);
  std::string kept;
  for (std::size_t at = 0; at < apart.size();) {
    const auto [character, size] = character_at(apart, at);
    if (!is_accent(character)) kept.append(apart, at, size);
    at += size;
  }
  return mapped(kept, UTF8PROC_COMPOSE);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [character, size] = character_at(text, at);
    if (!is_of_word(character)) {
      if (at > begin) words.push_back(text.substr(begin, at - begin));
      begin = at + size;
    }
    at += size;
  }
  if (text.size() > begin) words.push_back(text.substr(begin));
  return words;
}

std::string spaced_words(std::string_view text) {
  const std::string folded = fold(text);
  const auto is_digit = [&](std::size_t at) {
    return at < folded.size() && '0' <= folded[at] && folded[at] <= '9';
  };
  std::string out = " ";
  for (const std::string_view word : words_of(folded)) {
    const auto at = static_cast<std::size_t>(word.data() - folded.data());
    const bool plus_before = at > 0 && folded[at - 1] == '+' && is_digit(at);
    const bool plus_after = at + word.size() < folded.size() && folded[at + word.size()] == '+' &&
                            is_digit(at + word.size() - 1);
    if (plus_before) out += '+';
    out += word;
    if (plus_after) out += '+';
    out += ' ';
  }
  return out;
}

std::size_t characters_in(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += character_at(text, at).second;
  return count;
}

bool has_unspaced_script(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto [character, size] = character_at(text, at);
    const auto within = [c = character](utf8proc_int32_t first, utf8proc_int32_t last) {
      return first <= c && c <= last;
    };
    if (within(0x3040, 0x30FF) || within(0x3400, 0x4DBF) || within(0x4E00, 0x9FFF) ||
        within(0x20000, 0x3FFFF) || within(0x0E00, 0x0EFF) || within(0x1000, 0x109F) ||
        within(0x1780, 0x17FF))
      return true;
    at += size;
  }
  return false;
}
