// Words that tell what a text is about: a line of languages/*.ndjson. One line is one meaning;
// languages/README.md explains the members by example.
#pragma once

#include "record/fields.hpp"

// languages/README.md: Word lists.
enum class LexiconList {
  adult,
  beside_adult,
  safe,
  denial,
  topic,
  language,
  proper_name,
  grammar,
  label
};
constexpr auto words_of(LexiconList) {
  return words<LexiconList::label>("adult", "beside-adult", "safe", "denial", "topic", "language",
                                   "proper-name", "grammar", "label");
}

// What the rooms of a topic have in common, if it is not one subject.
enum class TopicOf {
  many_things,  // nothing: people of a place, or with a hobby
  no_subject,   // they have none
  languages     // each has a language as its subject
};
constexpr auto words_of(TopicOf) {
  return words<TopicOf::languages>("many-things", "no-subject", "languages");
}

struct LexiconEntry {
  static constexpr std::string_view kKind = "lexicon-entry";
  LexiconList list = LexiconList::adult;
  std::string id;             // what the words mean, unique in their list: "porn", "privacy", "de"
  std::optional<Json> names;  // how people call it, by language code: {"en":"Privacy"}
  std::optional<TopicOf> topic_of;  // only in the list `topic`
  // A `*` at the beginning or end of a phrase leaves that end open.
  std::vector<std::string> own;        // words that only this language has: its name in itself
  std::vector<std::string> words;      // count wherever they stand
  std::vector<std::string> in_names;   // count in names and tags, elsewhere as weak ones
  std::vector<std::string> weak;       // count as a tag, or beside a second one
  std::vector<std::string> only_tags;  // count as a whole tag
  std::vector<std::string> except;     // longer phrases that mean something else
  std::optional<std::string> note;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("list", self.list);
    visit("id", self.id);
    visit("names", self.names);
    visit("topic_of", self.topic_of);
    visit("own", self.own);
    visit("words", self.words);
    visit("in_names", self.in_names);
    visit("weak", self.weak);
    visit("only_tags", self.only_tags);
    visit("except", self.except);
    visit("note", self.note);
  }
};

RECORD_COMPILED_ONCE(LexiconEntry);
