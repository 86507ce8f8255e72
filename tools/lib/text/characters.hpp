// UTF-8 text, character by character, and what kind of character it is (utf8proc).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

struct Character {
  char32_t code = 0;     // 0 for a byte that is not UTF-8
  std::size_t size = 1;  // bytes
};

// The character that begins at text[at]; `at` must be within the text.
Character character_at(std::string_view text, std::size_t at);
// The last character; code 0 and size 1 for an empty text.
Character last_character(std::string_view text);

void append_utf8(std::string& text, char32_t code);

bool is_of_word(char32_t code);  // a letter, a mark or a digit
bool is_letter(char32_t code);
bool is_mark(char32_t code);  // an accent, a vowel sign
bool is_upper(char32_t code);
bool is_lower(char32_t code);
bool is_digit(char32_t code);         // decimal, of any script
bool is_symbol(char32_t code);        // an emoji or another sign that is no punctuation
bool is_pictographic(char32_t code);  // an emoji (Unicode: Extended_Pictographic)
bool is_unspaced(char32_t code);      // of a script without spaces between words:
                                      // Han, Kana, Thai, Lao, Burmese, Khmer

// The small letter in a circle or a square, or 0: "Ⓝ", "🅝", "🅽". Unicode has no folding for most of
// them.
char enclosed_letter(char32_t code);

// The first grapheme cluster (UAX #29) of a name that is a letter, digit or emoji, in upper case:
// "#łódź" -> "Ł", "👩🏽‍🚀 Moon" -> "👩🏽‍🚀". "" if there is none.
std::string monogram(std::string_view name);
