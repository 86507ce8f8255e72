#include "knowledge/word_list.hpp"

#include <utility>

#include "text/fold.hpp"

void WordList::add(std::string_view word) {
  std::string spaced = spaced_words(word);
  if (has_unspaced_script(spaced)) spaced = spaced.substr(1, spaced.size() - 2);
  words_.push_back(std::move(spaced));
}

std::string WordList::first_in(std::string_view text) const {
  const std::string within = spaced_words(text);
  for (const std::string& word : words_)
    if (within.find(word) != within.npos)
      return word.front() == ' ' ? word.substr(1, word.size() - 2) : word;
  return {};
}
