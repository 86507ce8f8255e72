// Which languages CLD2 finds in a text, and how sure it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

struct DetectedLanguage {
  std::string code;  // BCP 47: "de", "zh", "zh-Hant"
  int percent;       // of the text
};

struct Detection {
  std::vector<DetectedLanguage> languages;  // the largest share first; at most three
  int letters = 0;                          // bytes of letters, as CLD2 counts them
  bool reliable = false;                    // by CLD2's own account
  bool certain = false;  // reliable, nearly all of the text in one language, and text enough
};

// `text` is valid UTF-8. A language is left out when the text has a letter that it does not write.
Detection detect_languages(const std::string& text);

// The language of the only script of a text, where that script is written by one language alone
// ("ko" for Hangul, "th" for Thai); or one that its letters leave ("ja" for Kana, "uk" for "ї").
// Empty for the others. Needs three letters, and two thirds of all letters.
std::string language_of_script(std::string_view text);
