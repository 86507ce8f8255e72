// Guesses the languages of a room from its own words. No guess is better than a doubtful one:
// `make bench-languages` measures how many guesses are right.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classify/room_reading.hpp"

struct LanguageGuess {
  std::string code;  // BCP 47: "de", "zh", "zh-Hant"
  std::string how;   // "the tag \"german\" names it", "CLD2, 97 % of the text"
};

// The first of these that finds a language:
//   1. tags that are names of languages: #german, #中文, a flag
//   2. a name or description of only names or flags of languages and words like "chat": "Czech,
//      Slovak"
//   3. little words that only grammar needs, if CLD2 has little text or they are clearly more
//      than those of the language that it finds
//   4. CLD2, on name and description without proper names, names of languages and addresses. Of
//      languages that are much alike, the one with most little words
//   5. CLD2 when it is less sure, but a country or language named in the text agrees with it, or
//      the text has more of its little words than of other languages
//   6. a name with the language or the country in that language, or a flag: "Norsk kanal", "Suomi"
//   7. a word that only this language has: "Stammtisch"
//   8. the script alone: Hangul, Thai, Georgian
//   9. of a text in Chinese characters alone, words that only Chinese or only Japanese has
std::vector<LanguageGuess> guess_languages(const RoomText& text, const RoomReading& reading);

// The language that a tag or the value of #lang: names: "jp", "Deutsch", "中文", "🇩🇪". For
// codes of BCP 47 ask the registry first.
std::optional<std::string> language_named(const Lexicon& lexicon, std::string_view text);
