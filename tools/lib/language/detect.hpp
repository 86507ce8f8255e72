// Guesses the language of a Community from what it says of itself. Says nothing
// rather than something doubtful: `make bench-languages` measures how often it is
// right where it speaks, and languages/README.md has the table.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct LanguageGuess {
  std::string code;  // BCP 47: "de", "zh", "zh-Hant"
  std::string how;   // "CLD2, 97 % of the text"
};

class LanguageDetector {
 public:
  // A name of a language, in itself or in another one.
  void add_name(std::string_view name, const std::string& code);

  // 1. A name made of nothing but names of languages ("Czech, Slovak") says those.
  // 2. Else CLD2, when it finds its result reliable, the text is clearly in one
  //    language, and it names no other: "Persian" is English for CLD2.
  // All texts are valid UTF-8; `tags` are without `#`.
  std::vector<LanguageGuess> guess(std::string_view name, std::string_view description,
                                   const std::vector<std::string>& tags) const;

 private:
  std::vector<std::string> named_in(std::string_view text, bool nothing_else) const;

  std::unordered_map<std::string, std::string> code_of_;  // by the folded words of the name
};
