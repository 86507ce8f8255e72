// Guesses the language of a Community from what it says of itself, by CLD2.
// Says nothing rather than something doubtful: `make bench-languages` measures
// how often it is right where it speaks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct LanguageGuess {
  std::string code;  // BCP 47: "de", "zh", "zh-Hant"
  int percent = 0;   // share of the text that is in this language
};

// All texts are valid UTF-8. `tags` are without `#`.
std::optional<LanguageGuess> detect_language(std::string_view name, std::string_view description,
                                             const std::vector<std::string>& tags);
