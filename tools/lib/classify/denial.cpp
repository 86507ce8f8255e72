#include "classify/denial.hpp"

#include <string_view>
#include <vector>

#include "classify/lexicon.hpp"

namespace {

constexpr std::size_t kReach = 5, kReachBack = 6, kReachOfAffirmation = 4;  // words

struct Between {
  bool comma = false, clause = false, sentence = false;
  std::size_t words = 0;
};

Between between(const TokenText& tokens, std::size_t begin, std::size_t end) {
  const std::string_view text = std::string_view{tokens.text}.substr(begin, end - begin);
  const auto has = [&](char c) { return text.find(c) != text.npos; };
  return {has(gap::kComma), has(gap::kClause), has(gap::kSentence),
          words_between(tokens, begin, end)};
}

void judge(const TokenText& tokens, const std::vector<Match>& cues, Match& match) {
  bool before = false, in_list = false, behind = false, affirmed = false;
  for (const Match& cue : cues) {
    const std::string_view means = cue.meaning->id;
    if (cue.end <= match.begin) {
      const Between gap = between(tokens, cue.end, match.begin);
      if (gap.sentence || gap.clause || gap.words > kReach) continue;
      if (means == "not") (gap.comma ? in_list : before) = true;
      if (means == "ban" && !gap.comma) before = true;
    } else if (cue.begin >= match.end) {
      const Between gap = between(tokens, match.end, cue.begin);
      if (gap.sentence) continue;
      if (means == "ban" || means == "after") behind = behind || gap.words <= kReachBack;
      if (gap.comma || gap.words > kReachOfAffirmation) continue;
      if (means == "allowed" || means == "only") affirmed = true;
      if (means == "allowed") match.allowed = true;
    }
  }
  match.denied = behind || before || (in_list && !affirmed);
  if (match.denied) match.allowed = false;
}

}  // namespace

void find_denials(Reading& reading) {
  std::vector<Match> cues;
  for (const Match& match : reading.matches)
    if (match.meaning->list == LexiconList::denial) cues.push_back(match);
  if (cues.empty()) return;
  for (Match& match : reading.matches)
    if (match.meaning->list == LexiconList::adult || match.meaning->list == LexiconList::topic ||
        match.meaning->list == LexiconList::safe)
      judge(reading.tokens, cues, match);
}
