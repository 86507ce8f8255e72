// Word lists, compiled once, and a search for their phrases in a text.
//
//   Lexicon lexicon;
//   for each line of languages/*.ndjson: lexicon.add(entry);
//   for (const Match& match : lexicon.read("XyzPorn, no spam").matches) …
//
// Logic only: no disk, no clock. read() may be called from several threads.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "classify/tokens.hpp"
#include "record/lexicon_entry.hpp"

enum class Strength : std::uint8_t { own, word, in_names, weak, only_tags, except };

// The ids of the list `label`: words before the tags of a room, and before its languages.
enum class Label : std::uint8_t { tags, language };
constexpr auto words_of(Label) { return words<Label::language>("tags", "language"); }

// One line of a list: what all its phrases mean.
struct Meaning {
  LexiconList list;
  std::string id;
  std::optional<TopicOf> topic_of;
};

struct Match {
  std::uint32_t begin, end;  // in TokenText::text
  const Meaning* meaning;    // valid as long as the lexicon
  Strength strength;
  bool joined = false;   // with a word of `beside-adult`: "sexchat"
  bool denied = false;   // "no porn", "NSFW is banned"
  bool allowed = false;  // "NSFW is welcome"
};

// Whether it is a name of a language, not of a country.
inline bool names_language(const Match& match) {
  return match.meaning->list == LexiconList::language &&
         (match.strength == Strength::word || match.strength == Strength::own);
}

// A text that was read; valid as long as that text.
struct Reading {
  std::string_view source;
  TokenText tokens;
  std::vector<Match> matches;  // by their beginning; the longest of each list, none of `except`

  std::string text_of(const Match& match) const;  // its words, folded, with spaces between
  std::string written(const Match& match) const;  // as the text has it, in small letters
  bool is_lower(const Match& match) const;        // without capitals
  bool is_hashtag(const Match& match) const {
    return tokens.text[match.begin - 1] == gap::kHashtag;
  }
};

class Lexicon {
 public:
  Lexicon();

  // Throws BadLine for an unknown list, a repeated meaning, `topic_of` in another list than
  // `topic`, an unknown id of `denial` or `label`, a phrase that its list has already, and one
  // without letters, digits or emoji, or with a `*` in its middle.
  void add(const LexiconEntry& entry);

  Reading read(std::string_view text) const;

 private:
  struct Pattern {
    std::size_t meaning;  // in meanings_
    Strength strength;
    bool open_left, open_right;
    std::int32_t next;  // another pattern of the same letters, or -1
  };
  struct Node {
    std::int32_t child = -1, sibling = -1, pattern = -1;
    char letter = 0;
  };
  class Scan;

  void add_phrase(std::string_view phrase, std::size_t meaning, Strength strength);
  std::int32_t child(std::int32_t node, char letter) const;
  std::int32_t grow(std::int32_t node, char letter);

  std::deque<Meaning> meanings_;  // never moved: matches point to them
  std::vector<Pattern> patterns_;
  std::vector<Node> nodes_;
  std::vector<std::int32_t> roots_;  // by first byte, or -1
  std::unordered_set<std::string> beside_adult_, known_;
};

// Counts the words of a text, character by character. Two characters of a script without spaces
// count as one.
struct WordCount {
  std::uint32_t words = 0, unspaced = 0;
  void add(std::string_view text, std::size_t at, char32_t character);
  std::size_t since(const WordCount& before) const {
    return words - before.words + (unspaced - before.unspaced) / 2;
  }
};

// Words between two places of a text.
std::size_t words_between(const TokenText& tokens, std::size_t begin, std::size_t end);
