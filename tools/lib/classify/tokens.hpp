// A text as the classifier reads it: folded words with what stands between them.
//
//   "XyzPorn: no N.S.F.W., #18+"  ->  "\nxyz\1porn no nsfw,#18+\n"
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What stands between two words, from the weakest. A `#` of a hashtag may follow it.
namespace gap {
constexpr char kInside = '\1';  // a word may begin here: CamelCase, a letter beside a digit
constexpr char kSpace = ' ';    // white space, and punctuation that separates no phrases
constexpr char kComma = ',';
constexpr char kClause = '-';     // a dash between spaces, a bracket
constexpr char kSentence = '\n';  // also both ends of the text
constexpr char kHashtag = '#';
constexpr bool is_gap(char c) {
  return c == kInside || c == kSpace || c == kComma || c == kClause || c == kSentence ||
         c == kHashtag;
}
}  // namespace gap

struct Token {
  std::uint32_t begin, end;  // in TokenText::text
  std::uint32_t from, to;    // in the text that was read
};

struct TokenText {
  std::string text;
  std::vector<Token> tokens;
};

// - Words are folded (text/fold.hpp). An emoji is a word; a flag is one emoji.
// - Three or more single letters with one and the same sign between them are one word:
//   "N.S.F.W.", "s e x". A `+` beside a digit belongs to it; "C++" is "cplusplus", "C#" "csharp".
//   "18 +" is "18 plus". Letters in circles are letters, and a word of Latin letters with others
//   that look alike, or of small capitals, is Latin (text/lookalike.hpp). "3.18" and "3,18" are
//   "318". The numbers of "1.18+ 2.no spam" are sentences.
// - Texts of 4 GiB and more are not read.
TokenText tokenize(std::string_view text);
