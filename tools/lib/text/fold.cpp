#include "text/fold.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "text/characters.hpp"

namespace {

// The characters of `text`, decomposed (NFKD) and case folded.
std::vector<utf8proc_int32_t> apart(std::string_view text) {
  constexpr auto options = static_cast<utf8proc_option_t>(
      UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_DECOMPOSE);
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto size = static_cast<utf8proc_ssize_t>(text.size());
  std::vector<utf8proc_int32_t> characters(2 * text.size());
  for (;;) {
    const auto room = static_cast<utf8proc_ssize_t>(characters.size());
    const utf8proc_ssize_t count =
        utf8proc_decompose(bytes, size, characters.data(), room, options);
    characters.resize(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(count, 0)));
    if (count <= room) return characters;
  }
}

// The characters, composed (NFC), as UTF-8.
std::string together(std::vector<utf8proc_int32_t> characters) {
  const auto count = static_cast<utf8proc_ssize_t>(characters.size());
  characters.push_back(0);  // room for the byte that ends the text
  const utf8proc_ssize_t size = utf8proc_reencode(
      characters.data(), count, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) return {};
  return {reinterpret_cast<const char*>(characters.data()), static_cast<std::size_t>(size)};
}

// Marks that writers may leave out. The vowel signs of Thai and Indic scripts are not among
// them: without them a word is another word.
bool is_accent(char32_t c) {
  const auto within = [c](char32_t first, char32_t last) { return first <= c && c <= last; };
  return within(0x0300, 0x036F) || within(0x0591, 0x05C7) || within(0x0610, 0x061A) ||
         within(0x064B, 0x065F) || c == 0x0670;
}

}  // namespace

// Most texts are ASCII, for which folding only means lower case.
std::string fold_case(std::string_view text) {
  return is_ascii(text) ? to_lower(text) : together(apart(text));
}

std::string fold(std::string_view text) {
  if (is_ascii(text)) return to_lower(text);
  std::vector<utf8proc_int32_t> characters = apart(text);
  std::erase_if(characters, [](utf8proc_int32_t c) { return is_accent(static_cast<char32_t>(c)); });
  return together(std::move(characters));
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

std::size_t characters_in(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += character_at(text, at).size;
  return count;
}
