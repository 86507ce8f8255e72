#include "model/room_words.hpp"

#include <algorithm>

#include "classify/languages.hpp"
#include "classify/topics.hpp"
#include "text/clean.hpp"

namespace {

constexpr std::size_t kLongestReason = 40;  // characters of the word that makes it adult

void add_tags(const Knowledge& knowledge, const Said& said, const OwnerText& owner,
              const std::vector<std::string>& source_tags, Community& community) {
  std::vector<std::string> keys;
  const auto add = [&](const std::string& text, Witness witness) {
    std::string key = tag_key(text);
    if (community.tags.size() >= kMostTags ||
        std::find(keys.begin(), keys.end(), key) != keys.end())
      return;
    keys.push_back(std::move(key));
    community.tags.push_back({text, std::move(witness)});
  };
  const auto add_strangers = [&](const std::string& normal, Origin origin) {
    const std::string text = knowledge.tag_for(normal);
    if (!text.empty() && !knowledge.is_reserved(text)) add(text, {origin, "", ""});
  };
  for (const std::string& text : owner.tags) add_strangers(text, Origin::owner);
  for (const KnownLines* lines : said.words())
    for (const KnownLine* line : *lines)
      for (const std::string& text : line->annotation.tags)
        if (community.server.has_proven_key() || !knowledge.is_reserved(text))
          add(text, curator_of(*line));
  for (const std::string& text : source_tags) add_strangers(normalised_tag(text), Origin::source);
}

void add_languages(const Knowledge& knowledge, const Said& said, const OwnerText& owner,
                   const RoomText& text, const RoomReading& reading, Community& community) {
  const auto add = [&](std::string code, Witness witness) {
    for (const SpokenLanguage& known : community.languages)
      if (known.code == code) return;
    community.languages.push_back({std::move(code), std::move(witness)});
  };
  for (const std::string& written : owner.languages)
    if (const auto code = language_of(knowledge, written))
      add(*code, {Origin::owner, "", ""});
    else
      community.unknown_languages.push_back(written);
  for (const KnownLines* lines : said.words()) {
    if (!community.languages.empty()) return;
    for (const KnownLine* line : *lines)
      for (const std::string& code : line->annotation.languages) add(code, curator_of(*line));
  }
  if (!community.languages.empty()) return;
  for (LanguageGuess& guess : guess_languages(text, reading))
    add(std::move(guess.code), {Origin::detected, std::move(guess.how), ""});
}

std::string place_says(Place place, const std::string& word) {
  if (place == Place::tag) return "it has the tag \"" + word + "\"";
  return "its " + std::string{word_of(place)} + " says \"" + word + "\"";
}

// Tags that owners and curators give come first; a topic from other words is a guess.
void add_topics(const RoomReading& reading, Community& community) {
  for (const TopicGuess& guess : guess_topics(reading, community.adult.holds)) {
    Witness witness{Origin::detected, place_says(guess.place, guess.word), ""};
    if (guess.place == Place::tag) witness = community.tags[guess.tag].witness;
    community.topics.push_back({guess.id, std::move(witness)});
  }
  std::stable_sort(
      community.topics.begin(), community.topics.end(),
      [](const Topic& a, const Topic& b) { return a.witness.origin < b.witness.origin; });
}

// Owners can only say that it is adult. Curators can say yes or no, and overrule the words.
void set_adult(const Said& said, const OwnerText& owner, const RoomReading& reading,
               Community& community) {
  if (owner.nsfw) {
    community.adult = {true, {Origin::owner, "", ""}, "adult", "its owner wrote #nsfw"};
    community.adult_state = AdultState::adult;
    community.adult_by = "owner";
  } else if (Fact fact = fact_of(said, &Annotation::nsfw, "adult"); !fact.reason.empty()) {
    community.adult = std::move(fact);
    if (!community.adult) return;
    community.adult_state = AdultState::adult;
    community.adult_by = "curator";
  } else if (AdultVerdict verdict = judge_adult(reading); verdict.state != AdultState::no) {
    Witness witness;
    if (verdict.place == Place::tag) {
      const Tag& tag = community.tags[verdict.tag];
      witness = tag.witness;
      verdict.word = tag.text;
    }
    std::string because = place_says(verdict.place, verdict.word);
    if (verdict.state == AdultState::mixed) because += ", and that it is not only that";
    community.adult = {true, std::move(witness), "adult", std::move(because)};
    community.adult_state = verdict.state;
    community.adult_by = word_of(verdict.place);
    community.adult_word = clean_text(verdict.word, kLongestReason, Lines::one).text;
  }
}

// A room for tests: its owner says so, or its whole name is "test".
Fact test_of(const Knowledge& knowledge, const OwnerText& owner, const Community& community) {
  if (owner.test) return {true, {Origin::owner, "", ""}, "test", "its owner wrote #test"};
  for (const Tag& tag : community.tags)
    if (tag.text == "test") return {true, tag.witness, "test", "it has the tag \"test\""};
  for (const std::string* text : {&community.name, &community.token})
    if (knowledge.tag_for(normalised_tag(*text)) == "test")
      return {true, {}, "test", "it is called \"" + *text + "\""};
  return {};
}

// The hashtags of the description that were understood.
std::vector<std::string> owner_words(const OwnerText& owner, const Community& community) {
  std::vector<std::string> words;
  for (const SpokenLanguage& language : community.languages)
    if (language.witness.origin == Origin::owner) words.push_back("#lang:" + language.code);
  if (owner.nsfw) words.push_back("#nsfw");
  if (owner.test) words.push_back("#test");
  for (const Tag& tag : community.tags)
    if (tag.witness.origin == Origin::owner && tag.text != "nsfw" && tag.text != "test")
      words.push_back("#" + tag.text);
  return words;
}

}  // namespace

// `kr` means Korean, although it is the code of Kanuri, for which this site has no name.
std::optional<std::string> language_of(const Knowledge& knowledge, const std::string& written) {
  const auto code = knowledge.registry().canonical(written);
  if (code && knowledge.language(*code)) return *code;
  if (auto named = language_named(knowledge.lexicon(), written)) return named;
  if (code) return *code;
  return {};
}

void judge_words(const Knowledge& knowledge, const Said& said, const OwnerText& owner,
                 const std::vector<std::string>& source_tags, Community& community) {
  add_tags(knowledge, said, owner, source_tags, community);
  RoomText text{community.token, community.name, community.description, {}};
  for (const Tag& tag : community.tags) text.tags.push_back(tag.text);
  const RoomReading reading = read_room(knowledge.lexicon(), text);
  add_languages(knowledge, said, owner, text, reading, community);
  set_adult(said, owner, reading, community);
  add_topics(reading, community);
  community.test = test_of(knowledge, owner, community);
  community.owner_words = owner_words(owner, community);
}
