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
constexpr std::size_t kReachOfMinors = 3;    // "minors will be banned"
constexpr std::size_t kItemsOfList = 2;      // "ads and spam", commas

struct Between {
  std::uint32_t commas = 0;
  bool clause = false, sentence = false;
  std::size_t words = 0;
  bool is_phrase() const { return commas == 0 && !clause && !sentence; }
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
    return {to.commas - from.commas, to.clauses > from.clauses, to.sentences > from.sentences,
            to.words.since(from.words)};
  }

 private:
  struct Count {
    std::uint32_t commas = 0, clauses = 0, sentences = 0;
    WordCount words;
  };
  std::vector<Count> before_;
};

struct Span {
  std::size_t begin, end;
};

struct Cue : Span {
  std::optional<Denial> means;  // none: it is taken back
  bool has_colon = false;       // behind it, or the words of its verb: "禁止：广告、色情"
  bool has_object = false;      // an offence right behind it: "we ban spammers"
  std::size_t offences = 0;     // beside it, without a comma between
};

bool is_ban(const Cue& cue) { return cue.means == Denial::ban || cue.means == Denial::ban_for; }

bool is_judged(const Match& match) {
  return match.meaning->list == LexiconList::adult || match.meaning->list == LexiconList::topic ||
         match.meaning->list == LexiconList::safe;
}

// The cues of one text, and what they do to its matches.
class Denials {
 public:
  explicit Denials(Reading& reading)
      : source_{reading.source}, tokens_{reading.tokens}, matches_{reading.matches} {
    for (const Match& match : matches_) {
      if (match.meaning->list != LexiconList::denial) continue;
      const auto means = parse_word<Denial>(match.meaning->id);
      const Span span{match.begin, match.end};
      if (means == Denial::minors)
        minors_.push_back(span);
      else if (means == Denial::offence)
        offences_.push_back(span);
      else
        cues_.push_back({span, means});
    }
    if (cues_.empty()) return;
    gaps_.emplace(tokens_.text);
    drop_bans_of_minors();
    for (Cue& cue : cues_) {
      cue.has_colon = has_colon(cue);
      for (const Span& offence : offences_) {
        cue.offences += between(cue, offence).is_phrase();
        const bool is_next = offence.begin == cue.end ||
                             (offence.begin == cue.end + 1 && tokens_.text[cue.end] == gap::kSpace);
        cue.has_object = cue.has_object || is_next;
      }
    }
  }

  void find() {
    if (cues_.empty()) return;
    negate();
    for (Match& match : matches_)
      if (is_judged(match)) judge(match);
  }

 private:
  // Words to the next of these in the same phrase; more than any reach if there is none.
  std::size_t distance(const Cue& cue, const std::vector<Span>& spans) const {
    std::size_t nearest = tokens_.text.size();
    for (const Span& span : spans)
      if (const Between gap = between(cue, span); gap.is_phrase())
        nearest = std::min(nearest, gap.words);
    return nearest;
  }

  Between between(const Span& one, const Span& other) const {
    return one.begin < other.begin ? gaps_->between(one.end, std::max(one.end, other.begin))
                                   : gaps_->between(other.end, std::max(other.end, one.begin));
  }

  // Before a ban, a dash may stand between, or a comma, which counts as a word: "18+! Minors -
  // ban", "wer jünger ist, wird gebannt".
  std::size_t distance_of_minors(const Cue& cue) const {
    std::size_t nearest = distance(cue, minors_);
    for (const Span& span : minors_)
      if (const Between gap = between(cue, span);
          span.begin < cue.begin && !gap.sentence && gap.commas <= 1)
        nearest = std::min(nearest, gap.words + gap.commas);
    return nearest;
  }

  // "18+, minors will be banned" denies nothing that stands before it.
  void drop_bans_of_minors() {
    if (minors_.empty()) return;
    std::vector<Span> judged;
    for (const Match& match : matches_)
      if (is_judged(match) && std::none_of(minors_.begin(), minors_.end(), [&](const Span& span) {
            return span.begin < match.end && match.begin < span.end;
          }))
        judged.push_back({match.begin, match.end});
    std::erase_if(cues_, [&](const Cue& cue) {
      const std::size_t minors = distance_of_minors(cue);
      return minors <= kReachOfMinors && minors < distance(cue, judged);
    });
  }

  // "is not allowed" is a ban, and "is not banned" is none.
  void negate() {
    const std::vector<Cue> given = cues_;
    for (Cue& cue : cues_) {
      const bool bans = is_ban(cue);
      if (!bans && cue.means != Denial::allowed && cue.means != Denial::permit &&
          cue.means != Denial::after_not)
        continue;
      for (std::size_t i = 0; i < given.size(); ++i) {
        const Cue& no = given[i];
        if (no.means != Denial::no || no.end > cue.begin) continue;
        const Between gap = gaps_->between(no.end, cue.begin);
        if (!gap.is_phrase() || gap.words > kReachInVerb || has_judged(no.end, cue.begin) ||
            (bans && has_sign(no.end, cue.begin)))
          continue;
        cue.means = bans ? Denial::only : Denial::ban;
        if (bans) cues_[i].means.reset();  // "won't be banned for porn" does not deny the porn
      }
    }
  }

  bool has_judged(std::size_t begin, std::size_t end) const {
    return std::any_of(matches_.begin(), matches_.end(), [&](const Match& match) {
      return is_judged(match) && begin <= match.begin && match.end <= end;
    });
  }
  bool is_cut(std::size_t begin, std::size_t end) const {
    return std::any_of(cues_.begin(), cues_.end(), [&](const Cue& cue) {
      return cue.means == Denial::but && begin <= cue.begin && cue.end <= end;
    });
  }

  // "no spam only porn"
  bool is_only(std::size_t begin, std::size_t end) const {
    return std::any_of(cues_.begin(), cues_.end(), [&](const Cue& cue) {
      return cue.means == Denial::only && begin <= cue.begin && cue.end <= end &&
             gaps_->between(begin, cue.begin).words > 0;
    });
  }

  void judge(Match& match) {
    bool before = false, in_list = is_next_in_list(match), behind = false, affirmed = false;
    bool is_over = false;  // is what follows about something else? "porn, no ads, instant ban"
    for (const Cue& cue : cues_) {
      if (cue.end <= match.begin) {
        const Between gap = gaps_->between(cue.end, match.begin);
        const bool is_heading = is_ban(cue) && cue.has_colon;
        if (gap.sentence || gap.clause || gap.words > (is_heading ? kReachOfHeading : kReach) ||
            is_cut(cue.end, match.begin) || is_only(cue.end, match.begin))
          continue;
        if (cue.means == Denial::no) (gap.commas > 0 ? in_list : before) = true;
        if (is_ban(cue) && (gap.commas == 0 || is_heading)) before = true;
        if (cue.means == Denial::permit && gap.commas == 0 && gap.words <= kReachOfPermit)
          affirmed = match.allowed = true;
      } else if (cue.begin < match.end) {
        is_over = is_over || cue.means == Denial::only;  // "adults only, ads are forbidden"
      } else {
        const Between gap = gaps_->between(match.end, cue.begin);
        if (gap.sentence) behind = behind || answers_question(match, cue, gap);
        if (gap.sentence || gap.words > kReachBack || is_cut(match.end, cue.begin)) continue;
        if (cue.means == Denial::ban || cue.means == Denial::after)
          behind = behind ||
                   (gap.commas == 0 ? gap.words == 0 || !cue.has_object
                                    : !cue.has_object && !is_over && is_in_list(match, cue, gap));
        if (cue.means == Denial::no) {
          behind = behind || (gap.words <= kReachInVerb && is_answer(cue, gap));
          is_over = is_over || gap.commas > 0;
        }
        if (gap.commas > 0 || gap.words > kReachOfAffirmation) continue;
        const bool allows = cue.means == Denial::allowed || cue.means == Denial::permit;
        if (allows || cue.means == Denial::only) affirmed = is_over = true;
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

  // Whether a ban behind a comma is about the match, too: "Who posts porn, gets banned" and "gore,
  // porn, ads = ban" are, "porn pics, spam = ban" is about the spam.
  bool is_in_list(const Match& match, const Cue& cue, const Between& gap) const {
    return cue.offences == 0 || cue.offences >= kItemsOfList || gap.commas >= kItemsOfList ||
           is_bare(match);
  }

  // A word of its own before a comma, which no age is: "porn, ads = ban".
  bool is_bare(const Match& match) const {
    const std::string& text = tokens_.text;
    const char before = text[match.begin - 1];
    return (before == gap::kComma || before == gap::kClause || before == gap::kSentence) &&
           text[match.end] == gap::kComma &&
           std::none_of(text.begin() + match.begin, text.begin() + match.end,
                        [](char c) { return c == gap::kSpace || ('0' <= c && c <= '9'); });
  }

  // "NSFW: no", "порно тут нет"
  bool is_answer(const Cue& cue, const Between& gap) const {
    const char next = tokens_.text[cue.end];
    return gap.commas == 0 && next != gap::kSpace && next != gap::kInside;
  }

  // "Porn? No!", "NSFW? Instant ban"
  bool answers_question(const Match& match, const Cue& cue, const Between& gap) const {
    if (cue.means == Denial::no ? gap.words > 0 || !is_answer(cue, gap)
                                : (!is_ban(cue) && cue.means != Denial::after) || gap.words > 1)
      return false;
    std::string_view between = source_between(match.end, cue.begin);
    while (between.starts_with(' ')) between.remove_prefix(1);
    const bool is_question = between.starts_with("?") || between.starts_with("？");
    return is_question && between.find_first_of(".!;\n", 1) == between.npos;
  }

  // What stands between the words that end and begin there.
  std::string_view source_between(std::size_t end, std::size_t begin) const {
    const auto& tokens = tokens_.tokens;
    const auto by_end = [](const Token& one, std::size_t at) { return one.end < at; };
    const auto last = std::lower_bound(tokens.begin(), tokens.end(), end, by_end);
    const auto next = std::lower_bound(tokens.begin(), tokens.end(), begin + 1, by_end);
    if (last == tokens.end() || next == tokens.end() || last->to > next->from) return {};
    return source_.substr(last->to, next->from - last->to);
  }

  // "no spam/ban for porn" is two things, "no instant ban" is one.
  bool has_sign(std::size_t end, std::size_t begin) const {
    return source_between(end, begin).find_first_of("/=|+&>:") != source_.npos;
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
  std::vector<Span> minors_, offences_;
  std::size_t last_denied_ = 0;  // where it ends, if it was denied by what stands before it
};

}  // namespace

void find_denials(Reading& reading) { Denials{reading}.find(); }
