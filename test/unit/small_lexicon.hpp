// Lists of a few words, for the tests of what reads them.
#pragma once

#include <cstdio>

#include "classify/lexicon.hpp"

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

using Phrases = std::vector<std::string>;

static LexiconEntry words(std::string_view list, std::string id, Phrases counting,
                          Phrases in_names = {}, Phrases weak = {}, Phrases only_tags = {},
                          Phrases except = {}) {
  LexiconEntry line;
  line.list = *parse_word<LexiconList>(list);
  line.id = std::move(id);
  line.words = std::move(counting);
  line.in_names = std::move(in_names);
  line.weak = std::move(weak);
  line.only_tags = std::move(only_tags);
  line.except = std::move(except);
  return line;
}

static Lexicon small_lexicon() {
  Lexicon lexicon;
  lexicon.add(words("adult", "porn", {"*porn*", "*nsfw*", "18+", "エロ", "色情"}, {"sex"},
                    {"naked", "gore"}, {"adults"},
                    {"sex education", "Pornic", "quit porn", "Gore Vidal", "Naked Capitalism",
                     "gore, new zealand"}));
  lexicon.add(words("beside-adult", "companions", {"chat", "girls", "films"}));
  lexicon.add(words("safe", "safe", {"sfw"}));
  lexicon.add(words("denial", "not", {"no", "not", "don't", "禁止"}, {}, {}, {}, {"no limits"}));
  lexicon.add(words("denial", "ban", {"banned", "forbidden", "is not allowed"}, {}, {}, {},
                    {"not banned"}));
  lexicon.add(words("denial", "after", {"なし"}));
  lexicon.add(words("denial", "allowed", {"welcome", "allowed"}));
  lexicon.add(words("denial", "only", {"only"}));
  lexicon.add(words("denial", "permit", {"we accept"}));
  lexicon.add(words("denial", "but", {"but", "or else"}));
  lexicon.add(words("denial", "ban-for", {"ban for"}));
  lexicon.add(words("denial", "after-not", {"posted", "place"}));
  lexicon.add(words("denial", "minors", {"minors", "under 18"}));
  lexicon.add(words("denial", "offence", {"spam", "ads", "spammers"}));
  lexicon.add(words("topic", "linux", {"linux", "debian"}, {}, {"kernel", "terminal"}, {"gnu"}));
  lexicon.add(words("topic", "games", {"chess", "games"}, {"go"}, {"squad"}));
  lexicon.add(words("topic", "books", {"books", "novels"}));
  lexicon.add(words("topic", "film", {"films", "novels"}));
  LexiconEntry small_talk = words("topic", "small-talk", {"anything"}, {"chat"});
  small_talk.topic_of = TopicOf::no_subject;
  lexicon.add(small_talk);
  lexicon.add(words("topic", "regional", {"neighbours"}, {"berlin"}));
  lexicon.add(words("topic", "news", {"headlines"}));
  LexiconEntry lessons = words("topic", "lessons", {}, {}, {"learn", "beginners"});
  lessons.topic_of = TopicOf::languages;
  lexicon.add(lessons);
  LexiconEntry music = words("topic", "music", {"songs"});
  music.names = Json{Json::Object{{"de", Json{"Musik"}}, {"en", Json{"Music"}}}};
  lexicon.add(music);
  lexicon.add(words("grammar", "es", {"y", "como"}));
  lexicon.add(words("grammar", "pt", {"e", "como"}));
  LexiconEntry swedish = words("grammar", "sv", {"utan"});
  swedish.own = {"fika"};
  lexicon.add(swedish);
  LexiconEntry german = words("grammar", "de", {});
  german.own = {"stammtisch"};
  lexicon.add(german);
  lexicon.add(words("grammar", "en", {"it", "is", "the", "about"}));
  lexicon.add(words("language", "es", {"español"}, {}, {"🇪🇸"}));
  LexiconEntry norwegian = words("language", "no", {"norwegian"}, {"norge"}, {"🇳🇴"});
  norwegian.own = {"norsk"};
  lexicon.add(norwegian);
  lexicon.add(words("proper-name", "systems", {"GrapheneOS", "IT"}));
  lexicon.add(words("topic", "food", {"recipes"}));
  return lexicon;
}
static const Lexicon kLexicon = small_lexicon();
