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
  bool reliable = false;                    // as CLD2 says
  bool certain = false;  // reliable, nearly all of the text in one language, and text enough
};

// `text` is valid UTF-8. A language is left out if the text has a letter that it does not use. In a
// long text, such a letter may be of a foreign name, or of a second language.
Detection detect_languages(const std::string& text);

// False if the text has a letter that this language does not use: "ř" is not Portuguese. Always
// true for a long text.
bool may_be_in(std::string_view code, std::string_view text);

// The language of a text whose script only one language uses ("ko" for Hangul, "th" for Thai),
// if two thirds of its letters are of that script. Otherwise the language of a letter that only
// one language has ("uk" for "ї"). Kana and Han together are "ja". Han alone tells it by
// a character that only one of them uses (language/han.hpp); four and more that both use are "zh",
// unless the reforms of both made one of them. "" for other texts, and for texts of fewer than
// three letters (of Hangul, Kana and Han: two).
std::string language_of_script(std::string_view text);
