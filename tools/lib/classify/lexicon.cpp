#include "classify/lexicon.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "classify/denial.hpp"
#include "text/characters.hpp"
#include "text/fold.hpp"

namespace {

char32_t first_of(std::string_view text) { return character_at(text, 0).code; }

char32_t last_of(std::string_view text) { return last_character(text).code; }

// Whether the phrase is folded already and has only words of two or more letters, as most have.
// Reading these as texts took a fifth of the time of an edit.
bool is_plain(std::string_view phrase) {
  std::size_t letters = 0;  // of this word
  for (const char c : phrase) {
    if (c == ' ' ? letters < 2 : c < 'a' || c > 'z') return false;
    letters = c == ' ' ? 0 : letters + 1;
  }
  return letters >= 2;
}

// The letters of a phrase with spaces, or commas, between its words.
std::string letters_of(std::string_view phrase) {
  if (is_plain(phrase)) return std::string{phrase};
  const TokenText tokens = tokenize(phrase);
  std::string letters;
  for (const char c : std::string_view{tokens.text}.substr(1, tokens.text.size() - 2))
    if (!gap::is_gap(c) || c == gap::kComma)
      letters += c;
    else if (c != gap::kInside && c != gap::kHashtag)
      letters += gap::kSpace;
  return letters;
}

// A run of Katakana is one word, although there are no spaces around it: "ヒエログリフ".
bool is_katakana(char32_t c) { return 0x30A0 <= c && c <= 0x30FF; }

bool may_be_joined(const Meaning& meaning, Strength strength, std::string_view letters) {
  return meaning.list == LexiconList::adult && strength <= Strength::weak && letters.size() >= 3;
}

// A little word like "la" is of several languages, and "opsec" of two topics.
bool may_mean_several(LexiconList list) {
  return list == LexiconList::grammar || list == LexiconList::topic;
}

// In some lists, the ids have a meaning of their own.
template <WordEnum E>
void check_id(const LexiconEntry& entry) {
  if (parse_word<E>(entry.id)) return;
  std::string known;
  for (const std::string_view id : kWords<E>) known += " " + std::string{id};
  throw BadLine{"\"id\": unknown word " + in_quotes(entry.id) + "; known:" + known};
}

// Keeps the longest match of each list. A phrase of `except` is not a match.
void keep_longest(std::vector<Match>& matches) {
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    if (a.end != b.end) return a.end > b.end;
    if ((a.strength == Strength::except) != (b.strength == Strength::except))
      return a.strength == Strength::except;
    if (a.strength != b.strength) return a.strength < b.strength;
    return a.meaning->id < b.meaning->id;
  });
  std::array<const Match*, kWords<LexiconList>.size()> longest{};  // that reaches farthest, by list
  std::vector<Match> kept;
  kept.reserve(matches.size());
  for (const Match& match : matches) {
    const Match*& before = longest[static_cast<std::size_t>(match.meaning->list)];
    const bool same = before && before->begin == match.begin && before->end == match.end;
    const bool is_another = same && before->strength != Strength::except &&
                            before->meaning != match.meaning &&
                            may_mean_several(match.meaning->list);
    if (before && before->end >= match.end && !is_another) continue;
    if (!before || match.end > before->end) before = &match;
    if (match.strength != Strength::except) kept.push_back(match);
  }
  matches = std::move(kept);
}

}  // namespace

// Finds the phrases in one text.
class Lexicon::Scan {
 public:
  Scan(const Lexicon& lexicon, const std::string& text) : lexicon_{lexicon}, text_{text} {}

  std::vector<Match> matches() {
    for (std::size_t at = 1; at + 1 < text_.size(); ++at) {
      const char c = text_[at];
      if (gap::is_gap(c) || (c & 0xC0) == 0x80) continue;
      begin_ = at;
      walk(lexicon_.roots_[static_cast<unsigned char>(c)], at + 1);
    }
    return std::move(found_);
  }

 private:
  // `node` is that of the letters before `at`.
  void walk(std::int32_t node, std::size_t at) {
    for (; node >= 0; node = lexicon_.child(node, text_[at++])) {
      const auto pattern = lexicon_.nodes_[static_cast<std::size_t>(node)].pattern;
      if (pattern >= 0) reached(pattern, at);
      if (text_[at] == gap::kInside) {  // "pornHub" is "porn hub" and "pornhub"
        walk(lexicon_.child(node, gap::kSpace), at + 1);
        while (text_[at] == gap::kInside) ++at;
      } else if (text_[at] == gap::kSpace && text_[at + 1] == gap::kHashtag) {
        return walk(lexicon_.child(node, gap::kSpace), at + 2);
      }
    }
  }

  void reached(std::int32_t index, std::size_t end) {
    const std::string_view letters = std::string_view{text_}.substr(begin_, end - begin_);
    const bool left = is_boundary(begin_, letters), right = is_boundary(end, letters);
    for (; index >= 0; index = lexicon_.patterns_[static_cast<std::size_t>(index)].next) {
      const Pattern& pattern = lexicon_.patterns_[static_cast<std::size_t>(index)];
      const Meaning& meaning = lexicon_.meanings_[pattern.meaning];
      const bool opens = left || pattern.open_left, closes = right || pattern.open_right;
      if (opens && closes)
        add(word_begin(left), word_end(end, right), meaning, pattern.strength, false);
      else if (left != right && may_be_joined(meaning, pattern.strength, letters))
        add_joined(end, left, meaning, pattern.strength);
    }
  }

  // Does a word begin or end at `at`, where a phrase does?
  bool is_boundary(std::size_t at, std::string_view letters) const {
    if (gap::is_gap(text_[at - 1]) || gap::is_gap(text_[at])) return true;
    const char32_t inner = at == begin_ ? first_of(letters) : last_of(letters);
    const char32_t outer = at == begin_ ? last_of(std::string_view{text_}.substr(0, at))
                                        : character_at(text_, at).code;
    return is_unspaced(inner) && !(is_katakana(inner) && is_katakana(outer));
  }

  // A phrase with an open end stands for the whole word.
  std::size_t word_begin(bool is_boundary) const {
    std::size_t at = begin_;
    if (!is_boundary)
      while (!gap::is_gap(text_[at - 1])) --at;
    return at;
  }
  std::size_t word_end(std::size_t at, bool is_boundary) const {
    if (!is_boundary)
      while (!gap::is_gap(text_[at])) ++at;
    return at;
  }

  // Is the rest of the word one of `beside-adult`? "sexchat", "hotsex".
  void add_joined(std::size_t end, bool left, const Meaning& meaning, Strength strength) {
    const std::size_t from = left ? end : word_begin(false),
                      to = left ? word_end(end, false) : begin_;
    if (lexicon_.beside_adult_.count(text_.substr(from, to - from)) == 0) return;
    add(std::min(begin_, from), std::max(end, to), meaning, strength, true);
  }

  void add(std::size_t begin, std::size_t end, const Meaning& meaning, Strength strength,
           bool joined) {
    found_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), &meaning,
                      strength, joined, false, false});
  }

  const Lexicon& lexicon_;
  const std::string& text_;
  std::size_t begin_ = 0;
  std::vector<Match> found_;
};

Lexicon::Lexicon() : roots_(256, -1) {}

std::int32_t Lexicon::child(std::int32_t node, char letter) const {
  if (node < 0) return -1;
  std::int32_t at = nodes_[static_cast<std::size_t>(node)].child;
  while (at >= 0 && nodes_[static_cast<std::size_t>(at)].letter != letter)
    at = nodes_[static_cast<std::size_t>(at)].sibling;
  return at;
}

void Lexicon::add(const LexiconEntry& entry) {
  const std::string list{word_of(entry.list)};
  if (!known_.insert(list + " " + entry.id).second)
    throw BadLine{in_quotes(entry.id) + " of the list " + in_quotes(list) + " is given twice"};
  if (entry.list == LexiconList::denial) check_id<Denial>(entry);
  if (entry.list == LexiconList::label) check_id<Label>(entry);
  if (entry.topic_of && entry.list != LexiconList::topic)
    throw BadLine{"\"topic_of\" is only for the list \"topic\""};
  const std::size_t meaning = meanings_.size();
  meanings_.push_back({entry.list, entry.id, entry.topic_of});
  const std::pair<const std::vector<std::string>*, Strength> kStrengths[] = {
      {&entry.own, Strength::own},
      {&entry.words, Strength::word},
      {&entry.in_names, Strength::in_names},
      {&entry.weak, Strength::weak},
      {&entry.only_tags, Strength::only_tags},
      {&entry.except, Strength::except}};
  // Where a phrase has one meaning, its list has it once.
  const std::string within = may_mean_several(entry.list) ? list + "\n" + entry.id : list;
  for (const auto& [phrases, strength] : kStrengths)
    for (const std::string& phrase : *phrases) {
      if (strength != Strength::except && !known_.insert(within + "\n" + phrase).second)
        throw BadLine{in_quotes(phrase) + " of the list " + in_quotes(list) + " is given twice"};
      add_phrase(phrase, meaning, strength);
    }
  // Who calls a room as a topic is called means it.
  const Json::Object* names = entry.names ? entry.names->object() : nullptr;
  if (entry.list == LexiconList::topic && names)
    for (const auto& [language, name] : *names)
      if (name.string() && known_.insert(within + "\n" + *name.string()).second)
        add_phrase(*name.string(), meaning, Strength::in_names);
}

void Lexicon::add_phrase(std::string_view phrase, std::size_t meaning, Strength strength) {
  std::string_view inner = phrase;
  const bool open_left = inner.starts_with('*'), open_right = inner.ends_with('*');
  if (open_left) inner.remove_prefix(1);
  if (open_right && !inner.empty()) inner.remove_suffix(1);
  const std::string letters = letters_of(inner);
  if (letters.empty()) throw BadLine{in_quotes(phrase) + " has no letter, digit or emoji"};
  if (inner.find(" *") != inner.npos || inner.find("* ") != inner.npos)
    throw BadLine{in_quotes(phrase) + ": a * is allowed at the ends of a phrase only"};
  if (meanings_[meaning].list == LexiconList::beside_adult) beside_adult_.insert(letters);

  std::int32_t node = -1;
  for (const char letter : letters) node = grow(node, letter);
  Node& last = nodes_[static_cast<std::size_t>(node)];
  patterns_.push_back({meaning, strength, open_left, open_right, last.pattern});
  last.pattern = static_cast<std::int32_t>(patterns_.size() - 1);
}

// The node behind `node` (-1: at the beginning) for this letter; a new one if there is none.
std::int32_t Lexicon::grow(std::int32_t node, char letter) {
  auto& root = roots_[static_cast<unsigned char>(letter)];
  const std::int32_t known = node < 0 ? root : child(node, letter);
  if (known >= 0) return known;
  const auto fresh = static_cast<std::int32_t>(nodes_.size());
  nodes_.push_back({-1, -1, -1, letter});
  if (node < 0) {
    root = fresh;
  } else {
    nodes_.back().sibling = nodes_[static_cast<std::size_t>(node)].child;
    nodes_[static_cast<std::size_t>(node)].child = fresh;
  }
  return fresh;
}

std::string Reading::text_of(const Match& match) const {
  std::string text;
  for (std::size_t at = match.begin; at < match.end; ++at)
    if (const char c = tokens.text[at]; !gap::is_gap(c))
      text += c;
    else if (c != gap::kInside && c != gap::kHashtag)
      text += ' ';
  return text;
}

// As the source has it; "" if it has no such words.
static std::string_view source_of(const Reading& reading, const Match& match) {
  std::size_t from = reading.source.size(), to = 0;
  for (const Token& token : reading.tokens.tokens)
    if (match.begin <= token.begin && token.end <= match.end) {
      from = std::min<std::size_t>(from, token.from);
      to = token.to;
    }
  return from < to ? reading.source.substr(from, to - from) : std::string_view{};
}

std::string Reading::written(const Match& match) const {
  const std::string_view words = source_of(*this, match);
  return words.empty() ? text_of(match) : fold_case(words);
}

bool Reading::is_lower(const Match& match) const {
  const std::string_view words = source_of(*this, match);
  return fold_case(words) == words;
}

Reading Lexicon::read(std::string_view text) const {
  Reading reading{text, tokenize(text), {}};
  reading.matches = Scan{*this, reading.tokens.text}.matches();
  keep_longest(reading.matches);
  find_denials(reading);
  return reading;
}

void WordCount::add(std::string_view text, std::size_t at, char32_t character) {
  if (is_unspaced(character))
    ++unspaced;
  else if (!gap::is_gap(text[at]) && (at == 0 || gap::is_gap(text[at - 1])))
    ++words;
}

std::size_t words_between(const TokenText& tokens, std::size_t begin, std::size_t end) {
  WordCount count;
  for (std::size_t at = begin; at < end;) {
    const Character character = character_at(tokens.text, at);
    count.add(tokens.text, at, character.code);
    at += character.size;
  }
  return count.since({});
}
