#include "base/nearest.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/ascii.hpp"

namespace {

constexpr std::size_t kMostEdits = 2;  // more make another word, and so does half of the letters
constexpr std::size_t kLongestText = 100;  // bytes; no known word is nearly as long

// Letters to change, add or remove, and neighbours to exchange, to turn `a` into `b`, in any case
// (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  const auto equal = [](char x, char y) { return to_lower(x) == to_lower(y); };
  std::vector<std::size_t> before, above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = std::exchange(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j - 1] + !equal(a[i - 1], b[j - 1]), above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && equal(a[i - 1], b[j - 2]) && equal(a[i - 2], b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view nearest_word(std::string_view text, std::span<const std::string_view> known) {
  if (text.size() > kLongestText) return {};
  std::string_view nearest;
  std::size_t fewest = std::min(kMostEdits + 1, (text.size() + 1) / 2);
  for (const std::string_view word : known)
    if (const std::size_t edits = edit_distance(text, word); edits < fewest) {
      fewest = edits;
      nearest = word;
    }
  return nearest;
}

std::string did_you_mean(std::string_view text, std::span<const std::string_view> known) {
  const std::string_view word = nearest_word(text, known);
  return word.empty() ? "" : "; did you mean \"" + std::string{word} + "\"?";
}

bool is_slip(std::string_view text, std::string_view word) {
  const auto front = [&] { return to_lower(text.front()) == to_lower(word.front()); };
  const auto back = [&] { return to_lower(text.back()) == to_lower(word.back()); };
  while (!text.empty() && !word.empty() && front()) text.remove_prefix(1), word.remove_prefix(1);
  while (!text.empty() && !word.empty() && back()) text.remove_suffix(1), word.remove_suffix(1);
  if (text.size() <= 1 && word.size() <= 1) return true;
  return text.size() == 2 && word.size() == 2 && to_lower(text[0]) == to_lower(word[1]) &&
         to_lower(text[1]) == to_lower(word[0]);
}
