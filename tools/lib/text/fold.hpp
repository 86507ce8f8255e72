// Folds texts so that they can be compared. Input is UTF-8; an invalid text folds to "".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// Without case, width and invisible characters (NFKC, case folding): "Ｃafé" -> "café".
std::string fold_case(std::string_view text);

// Without accents too (of Latin, Greek and Cyrillic), Hebrew points and Arabic vowel
// marks: "Ｃafé" -> "cafe".
std::string fold(std::string_view text);

// The runs of letters, marks and digits in a text, in order.
std::vector<std::string_view> words_of(std::string_view text);

std::size_t characters_in(std::string_view text);  // code points
