#include "classify/denial.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "classify/lexicon.hpp"
#include "text/characters.hpp"

namespace {

constexpr std::size_t kReach = 5, kReachBack = 6, kReachOfAffirmation = 4;  // words
constexpr std::size_t kReachOfList = 4;      // from one item to the next: "no ads, porn or nudes"
constexpr std::size_t kReachInVerb = 2;      // "não é permitida", "are not at all welcome"
constexpr std::size_t kReachOfHeading = 20;  // "Verboten sind: Werbung, Hass, Pornos"
constexpr std::size_t kReachOfPermit = 3;    // "se permite contenido NSFW"

struct Between {
  bool comma = false, clause = false, sentence = false;
  std::size_t words = 0;
  bool is_phrase() const { return !comma && !clause && !sentence; }
};

// What stands between two places of a text, counted once for all places: a stranger's text can have
// hundreds of cues and of matches.
class Gaps {
 public:
  explicit Gaps(const std::string& text) : before_(text.size() + 1) {
    Count count;
    for (std::size_t at = 0; at < text.size();) {
      const Character character = character_at(text, at);
      count.commas += text[at] == gap::kComma;
      count.clauses += text[at] == gap::kClause;
      count.sentences += text[at] == gap::kSentence;
      count.words.add(text, at, character.code);
      for (std::size_t i = 0; i < character.size; ++i) before_[++at] = count;
    }
  }

  Between between(std::size_t begin, std::size_t end) const {
    const Count &from = before_[begin], &to = before_[end];
    return {to.commas > from.commas, to.clauses > from.clauses, to.sentences > from.sentences,
            to.words.since(from.words)};
  }

 private:
  struct Count {
    std::uint32_t commas = 0, clauses = 0, sentences = 0;
    WordCount words;
  };
  std::vector<Count> before_;
};

struct Cue {
  std::size_t begin, end;
  std::string_view means;
  bool has_colon = false;  // behind it, or the words of its verb: "禁止：广告、色情"
};

bool is_judged(const Match& match) {
  return match.meaning->list == LexiconList::adult || match.meaning->list == LexiconList::topic ||
         match.meaning->list == LexiconList::safe;
}

// The cues of one text, and what they do to its matches.
class Denials {
 public:
  explicit Denials(Reading& reading)
      : source_{reading.source}, tokens_{reading.tokens}, matches_{reading.matches} {
    for (const Match& match : matches_)
      if (match.meaning->list == LexiconList::denial)
        cues_.push_back({match.begin, match.end, match.meaning->id});
    if (cues_.empty()) return;
    gaps_.emplace(tokens_.text);
    for (Cue& cue : cues_) cue.has_colon = has_colon(cue);
  }

  void find() {
    if (cues_.empty()) return;
    negate();
    for (Match& match : matches_)
      if (is_judged(match)) judge(match);
  }

 private:
  // "is not allowed" is a ban, and "is not banned" is none.
  void negate() {
    const std::vector<Cue> given = cues_;
    for (Cue& cue : cues_) {
      if (cue.means != "allowed" && cue.means != "permit" && cue.means != "ban") continue;
      const bool is_negated = std::any_of(given.begin(), given.end(), [&](const Cue& no) {
        if (no.means != "not" || no.end > cue.begin) return false;
        const Between gap = gaps_->between(no.end, cue.begin);
        return gap.is_phrase() && gap.words <= kReachInVerb && !has_judged(no.end, cue.begin);
      });
      if (is_negated) cue.means = cue.means == "ban" ? "allowed" : "ban";
    }
  }

  bool has_judged(std::size_t begin, std::size_t end) const {
    return std::any_of(matches_.begin(), matches_.end(), [&](const Match& match) {
      return is_judged(match) && begin <= match.begin && match.end <= end;
    });
  }
  bool is_cut(std::size_t begin, std::size_t end) const {
    return std::any_of(cues_.begin(), cues_.end(), [&](const Cue& cue) {
      return cue.means == "but" && begin <= cue.begin && cue.end <= end;
    });
  }

  void judge(Match& match) {
    bool before = false, in_list = is_next_in_list(match), behind = false, affirmed = false;
    for (const Cue& cue : cues_) {
      if (cue.end <= match.begin) {
        const Between gap = gaps_->between(cue.end, match.begin);
        const bool is_heading = cue.means == "ban" && cue.has_colon;
        if (gap.sentence || gap.clause || gap.words > (is_heading ? kReachOfHeading : kReach) ||
            is_cut(cue.end, match.begin))
          continue;
        if (cue.means == "not") (gap.comma ? in_list : before) = true;
        if (cue.means == "ban" && (!gap.comma || is_heading)) before = true;
        if (cue.means == "permit" && !gap.comma && gap.words <= kReachOfPermit)
          affirmed = match.allowed = true;
      } else if (cue.begin >= match.end) {
        const Between gap = gaps_->between(match.end, cue.begin);
        if (gap.sentence || gap.words > kReachBack || is_cut(match.end, cue.begin)) continue;
        if (cue.means == "ban" || cue.means == "after") behind = true;
        if (cue.means == "not") behind = behind || is_answer(cue, gap);
        if (gap.comma || gap.words > kReachOfAffirmation) continue;
        const bool allows = cue.means == "allowed" || cue.means == "permit";
        if (allows || cue.means == "only") affirmed = true;
        if (allows) match.allowed = true;
      }
    }
    match.denied = behind || before || (in_list && !affirmed);
    if (match.denied) match.allowed = false;
    if (before || (in_list && !affirmed)) last_denied_ = match.end;
  }

  // Does a denial before reach one match after the other? "Do not post or ask for nudes, or for
  // anything that is 18+"
  bool is_next_in_list(const Match& match) const {
    if (last_denied_ == 0 || last_denied_ > match.begin) return false;
    const Between gap = gaps_->between(last_denied_, match.begin);
    return !gap.sentence && !gap.clause && gap.words <= kReachOfList &&
           !is_cut(last_denied_, match.begin);
  }

  // "NSFW: no", "порно тут нет"
  bool is_answer(const Cue& cue, const Between& gap) const {
    const char next = tokens_.text[cue.end];
    return gap.words <= kReachInVerb && !gap.comma && next != gap::kSpace && next != gap::kInside;
  }

  bool has_colon(const Cue& cue) const {
    const auto& tokens = tokens_.tokens;
    auto token = std::lower_bound(tokens.begin(), tokens.end(), cue.end,
                                  [](const Token& one, std::size_t end) { return one.end < end; });
    for (std::size_t words = 0; token != tokens.end() && words <= kReachInVerb; ++token, ++words) {
      if (!gaps_->between(cue.end, token->end).is_phrase()) return false;
      std::size_t at = token->to;
      while (at < source_.size() && source_[at] == ' ') ++at;
      if (source_.substr(at).starts_with(":") || source_.substr(at).starts_with("：")) return true;
    }
    return false;
  }

  std::string_view source_;
  const TokenText& tokens_;
  std::vector<Match>& matches_;
  std::optional<Gaps> gaps_;
  std::vector<Cue> cues_;
  std::size_t last_denied_ = 0;  // where it ends, if it was denied by what stands before it
};

}  // namespace

void find_denials(Reading& reading) { Denials{reading}.find(); }
