#include "text/lookalike.hpp"

#include <algorithm>
#include <iterator>

#include "text/characters.hpp"
#include "text/fold.hpp"

namespace {

struct LooksLike {
  std::string_view letter, latin;
};

// Small letters of Cyrillic, Greek and Armenian, and digits, that look like Latin ones
// (a part of Unicode Technical Standard 39, confusables). Ordered by `letter`.
constexpr LooksLike kLooksLike[] = {
    {"$", "s"}, {"0", "o"}, {"1", "i"}, {"3", "e"}, {"5", "s"}, {"@", "a"}, {"l", "i"},
    {"|", "i"}, {"ı", "i"}, {"α", "a"}, {"γ", "y"}, {"ε", "e"}, {"η", "n"}, {"ι", "i"},
    {"κ", "k"}, {"ν", "v"}, {"ο", "o"}, {"ρ", "p"}, {"σ", "o"}, {"τ", "t"}, {"υ", "u"},
    {"χ", "x"}, {"ω", "w"}, {"а", "a"}, {"в", "b"}, {"г", "r"}, {"е", "e"}, {"з", "e"},
    {"к", "k"}, {"м", "m"}, {"н", "h"}, {"о", "o"}, {"п", "n"}, {"р", "p"}, {"с", "c"},
    {"т", "t"}, {"у", "y"}, {"х", "x"}, {"ь", "b"}, {"ѕ", "s"}, {"і", "i"}, {"ї", "i"},
    {"ј", "j"}, {"һ", "h"}, {"ԁ", "d"}, {"ԛ", "q"}, {"ԝ", "w"}, {"ս", "u"}, {"օ", "o"}};
static_assert(std::is_sorted(std::begin(kLooksLike), std::end(kLooksLike),
                             [](const LooksLike& a, const LooksLike& b) {
                               return a.letter < b.letter;
                             }));

std::size_t length_of_letter(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

// What a letter looks like; "" if it looks like no other.
std::string_view latin_for(std::string_view letter) {
  const auto found = std::lower_bound(
      std::begin(kLooksLike), std::end(kLooksLike), letter,
      [](const LooksLike& entry, std::string_view text) { return entry.letter < text; });
  return found != std::end(kLooksLike) && found->letter == letter ? found->latin : "";
}

// What the letter at `at` looks like, in a folded name; "" for none. Moves `at` behind it.
std::string_view next_look(std::string_view folded, std::size_t& at) {
  const std::string_view letter =
      folded.substr(at, length_of_letter(static_cast<unsigned char>(folded[at])));
  at += letter.size();
  if (const std::string_view latin = latin_for(letter); !latin.empty()) return latin;
  return is_of_word(character_at(letter, 0).code) ? letter : std::string_view{};
}

}  // namespace

std::string skeleton_of(std::string_view name) {
  return skeleton_without(name, [](const std::string&) { return false; });
}

std::string skeleton_without(std::string_view name,
                             const std::function<bool(const std::string&)>& is_dropped) {
  const std::string folded = fold(name);
  std::string all, kept, word;
  const auto end_word = [&] {
    all += word;
    if (!is_dropped(word)) kept += word;
    word.clear();
  };
  for (std::size_t at = 0; at < folded.size();) {
    const std::string_view look = next_look(folded, at);
    if (look.empty()) end_word();
    word += look;
  }
  end_word();
  return kept.empty() ? all : kept;
}

std::string without_lookalikes(std::string folded) {
  bool is_latin = false, is_mixed = false;
  for (const char c : folded) {
    is_latin = is_latin || ('a' <= c && c <= 'z');
    is_mixed = is_mixed || static_cast<unsigned char>(c) >= 0x80;
  }
  if (!is_latin || !is_mixed) return folded;
  std::string latin;
  for (std::size_t at = 0; at < folded.size();) {
    const std::string_view letter = std::string_view{folded}.substr(
        at, length_of_letter(static_cast<unsigned char>(folded[at])));
    at += letter.size();
    const std::string_view like = letter.size() == 1 ? letter : latin_for(letter);
    if (like.empty()) return folded;
    latin += like;
  }
  return latin;
}
