#include "classify/adult.hpp"

#include <algorithm>
#include <utility>

namespace {

bool is(const Match& match, LexiconList list) { return match.meaning->list == list; }

// Whether the two stand side by side, without a comma: "sex chat", "nude girls".
bool is_next_to(const TokenText& tokens, const Match& match, const Match& other) {
  const auto [end, begin] = match.begin < other.begin ? std::pair{match.end, other.begin}
                                                      : std::pair{other.end, match.begin};
  return begin == end || (begin > end && begin - end == 1 &&
                          (tokens.text[end] == gap::kSpace || tokens.text[end] == gap::kInside));
}

bool is_beside(const Reading& reading, const Match& match) {
  return std::any_of(reading.matches.begin(), reading.matches.end(), [&](const Match& other) {
    return is(other, LexiconList::beside_adult) && is_next_to(reading.tokens, match, other);
  });
}

bool may_stand_beside(const Match& match) {
  return is(match, LexiconList::adult) || is(match, LexiconList::beside_adult) ||
         is(match, LexiconList::language) || is(match, LexiconList::proper_name);
}

// Is each word of this text in the list `adult` or `beside-adult`, or a name?
bool says_nothing_else(const Reading& reading) {
  return std::all_of(
      reading.tokens.tokens.begin(), reading.tokens.tokens.end(), [&](const Token& token) {
        return std::any_of(reading.matches.begin(), reading.matches.end(), [&](const Match& m) {
          return m.begin <= token.begin && token.end <= m.end && may_stand_beside(m);
        });
      });
}

}  // namespace

AdultVerdict judge_adult(const RoomReading& room) {
  AdultVerdict verdict;
  std::string half, half_written;  // the first weak word
  bool counts = false, all_allowed = true, safe = false;
  const auto take = [&](const PlacedReading& placed, const Match& match, std::string word) {
    if (!counts) verdict = {AdultState::adult, placed.place, std::move(word), placed.tag};
    counts = true;
    all_allowed = all_allowed && match.allowed;
  };
  for (const PlacedReading& placed : room) {
    const Reading& reading = placed.reading;
    for (const Match& match : reading.matches) {
      if (match.denied) continue;
      if (is(match, LexiconList::safe)) safe = true;
      if (!is(match, LexiconList::adult)) continue;
      std::string word = reading.text_of(match);
      const Weight weight = weight_of(placed, match);
      if (weight == Weight::none) continue;
      if (weight == Weight::full || match.joined || is_beside(reading, match) ||
          (placed.place == Place::name && says_nothing_else(reading)))
        take(placed, match, reading.written(match));
      else if (half.empty())
        half = std::move(word), half_written = reading.written(match);
      else if (half != word)
        take(placed, match, half_written + " … " + reading.written(match));
    }
  }
  if (counts && (safe || all_allowed)) verdict.state = AdultState::mixed;
  return verdict;
}
