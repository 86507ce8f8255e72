// Texts made comparable. Input is UTF-8; what is not valid becomes "".
#pragma once

#include <string>
#include <string_view>
#include <vector>

// Without case and width (NFKC, case folding): "Ｃafé" -> "café".
std::string fold_case(std::string_view text);

// Without accents and other marks too: "Ｃafé" -> "cafe".
std::string fold(std::string_view text);

// The runs of letters, marks and digits in a text, in order.
std::vector<std::string_view> words_of(std::string_view text);

// A character of a script that sets no spaces between words: Han, Kana, Thai, Lao,
// Khmer, Burmese.
bool is_unspaced(char32_t character);
