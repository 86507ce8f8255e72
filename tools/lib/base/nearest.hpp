// The known word that somebody probably meant, for messages about a misspelt one.
#pragma once

#include <span>
#include <string>
#include <string_view>

// The word of `known` with the smallest edit distance from `text`, the first of several; "" if all
// are more than two edits away, or half of the letters of `text`. Two neighbours exchanged are one
// edit. tools/operator/nearest has the same rule.
std::string_view nearest_word(std::string_view text, std::span<const std::string_view> known);

// `; did you mean "hidden"?`, or "" without a nearest word.
std::string did_you_mean(std::string_view text, std::span<const std::string_view> known);

// Whether `text` is `word` with one slip: a letter changed, added or left out, two neighbours
// exchanged, or letters in the other case.
bool is_slip(std::string_view text, std::string_view word);
