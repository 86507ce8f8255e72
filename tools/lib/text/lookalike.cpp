#include "text/lookalike.hpp"

#include <algorithm>
#include <iterator>

#include "text/characters.hpp"
#include "text/fold.hpp"

namespace {

struct LooksLike {
  std::string_view letter, latin;
};

// Folded letters of Cyrillic, Greek, Armenian and Cherokee, Latin ones of other shapes, and digits,
// that look like plain Latin letters (a part of Unicode Technical Standard 39, confusables).
// Ordered by `letter`.
constexpr LooksLike kLooksLike[] = {
    {"$", "s"}, {"0", "o"}, {"1", "i"}, {"3", "e"}, {"5", "s"}, {"@", "a"}, {"l", "i"}, {"|", "i"},
    {"ø", "o"}, {"đ", "d"}, {"ħ", "h"}, {"ı", "i"}, {"ł", "i"}, {"ŧ", "t"}, {"ƅ", "b"}, {"ƨ", "s"},
    {"ǀ", "i"}, {"ɐ", "a"}, {"ɑ", "a"}, {"ɔ", "c"}, {"ə", "e"}, {"ɛ", "e"}, {"ɡ", "g"}, {"ɢ", "g"},
    {"ɣ", "y"}, {"ɨ", "i"}, {"ɩ", "i"}, {"ɪ", "i"}, {"ɯ", "w"}, {"ɴ", "n"}, {"ɵ", "o"}, {"ʀ", "r"},
    {"ʉ", "u"}, {"ʋ", "v"}, {"ʍ", "m"}, {"ʏ", "y"}, {"ʙ", "b"}, {"ʜ", "h"}, {"ʟ", "i"}, {"α", "a"},
    {"γ", "y"}, {"ε", "e"}, {"η", "n"}, {"ι", "i"}, {"κ", "k"}, {"ν", "v"}, {"ο", "o"}, {"ρ", "p"},
    {"σ", "o"}, {"τ", "t"}, {"υ", "u"}, {"χ", "x"}, {"ω", "w"}, {"ϲ", "c"}, {"ϳ", "j"}, {"а", "a"},
    {"в", "b"}, {"г", "r"}, {"е", "e"}, {"з", "e"}, {"к", "k"}, {"м", "m"}, {"н", "h"}, {"о", "o"},
    {"п", "n"}, {"р", "p"}, {"с", "c"}, {"т", "t"}, {"у", "y"}, {"х", "x"}, {"ь", "b"}, {"ѓ", "r"},
    {"ѕ", "s"}, {"і", "i"}, {"ї", "i"}, {"ј", "j"}, {"ѡ", "w"}, {"ѵ", "v"}, {"ґ", "r"}, {"һ", "h"},
    {"ӏ", "i"}, {"ԁ", "d"}, {"ԍ", "g"}, {"ԏ", "t"}, {"ԛ", "q"}, {"ԝ", "w"}, {"զ", "q"}, {"լ", "i"},
    {"հ", "h"}, {"յ", "j"}, {"ո", "n"}, {"ռ", "n"}, {"ս", "u"}, {"ց", "g"}, {"օ", "o"}, {"Ꭲ", "t"},
    {"Ꭺ", "a"}, {"Ꭼ", "e"}, {"Ꮃ", "w"}, {"Ꮇ", "m"}, {"Ꮋ", "h"}, {"Ꮩ", "v"}, {"Ꮪ", "s"}, {"Ꮯ", "c"},
    {"Ꮲ", "p"}, {"Ꮶ", "k"}, {"ᴀ", "a"}, {"ᴄ", "c"}, {"ᴅ", "d"}, {"ᴇ", "e"}, {"ᴊ", "j"}, {"ᴋ", "k"},
    {"ᴍ", "m"}, {"ᴏ", "o"}, {"ᴘ", "p"}, {"ᴛ", "t"}, {"ᴜ", "u"}, {"ᴠ", "v"}, {"ᴡ", "w"}, {"ᴢ", "z"},
    {"ꜰ", "f"}, {"ꜱ", "s"}};
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

bool is_small_capital(char32_t code) {
  constexpr std::u32string_view kPhonetic = U"ɢɪɴʀʏʙʜʟꜰꜱ";
  return (0x1D00 <= code && code <= 0x1D25) || kPhonetic.find(code) != kPhonetic.npos;
}

// Letters of words in Latin script, such as "ł" and "ə", which mean themselves there.
bool is_of_latin_words(char32_t code) { return 0x80 <= code && code <= 0x2AF && code != U'ı'; }

// What the letter at `at` looks like, in a folded name; "" for none. "rn" looks like "m" and "vv"
// like "w", so these are spelt with two letters. Moves `at` behind it.
std::string_view next_look(std::string_view folded, std::size_t& at) {
  const std::string_view letter =
      folded.substr(at, length_of_letter(static_cast<unsigned char>(folded[at])));
  at += letter.size();
  const char32_t code = character_at(letter, 0).code;
  static constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz";
  const char enclosed = enclosed_letter(code);
  std::string_view look =
      enclosed != 0 ? kAlphabet.substr(static_cast<std::size_t>(enclosed - 'a'), 1) : letter;
  if (const std::string_view latin = latin_for(look); !latin.empty()) look = latin;
  if (look == "m") return "rn";
  if (look == "w") return "vv";
  return enclosed != 0 || is_of_word(code) || look != letter ? look : std::string_view{};
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
  std::string latin;
  for (std::size_t at = 0; at < folded.size();) {
    const Character character = character_at(folded, at);
    const std::string_view letter = std::string_view{folded}.substr(at, character.size);
    at += character.size;
    const bool is_plain = character.code < 0x80, is_capital = is_small_capital(character.code);
    is_latin = is_latin || ('a' <= character.code && character.code <= 'z') || is_capital;
    is_mixed = is_mixed || !is_plain;
    const std::string_view like = is_plain ? letter
                                  : is_capital || !is_of_latin_words(character.code)
                                      ? latin_for(letter)
                                      : std::string_view{};
    if (like.empty()) return folded;
    latin += is_capital && letter == "ʟ" ? "l" : like;
  }
  return is_latin && is_mixed ? latin : folded;
}
