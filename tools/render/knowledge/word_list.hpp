// Words to look for in texts of strangers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

// Words to be found in texts without regard to case, accents and width.
class WordList {
 public:
  void add(std::string_view word);  // or several words in a row

  // The first of them, in the order they were added, that stands in `text` as a whole
  // word; "" if none does. A word of a script without spaces is found inside runs too.
  std::string first_in(std::string_view text) const;

 private:
  std::vector<std::string> words_;  // as looked for: " 18+ ", "色情"
};
