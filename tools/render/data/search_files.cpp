#include "data/search_files.hpp"

#include <algorithm>
#include <set>

#include "domain/domain.hpp"
#include "ndjson/json.hpp"
#include "record/identifier.hpp"
#include "text/characters.hpp"
#include "text/fold.hpp"

namespace {

constexpr std::size_t kMostRooms = 20000;
constexpr std::size_t kMostCharacters = 120;

std::string shortened(const std::string& text) {
  std::size_t at = 0, characters = 0, space = 0;
  for (; at < text.size() && characters < kMostCharacters; ++characters) {
    if (text[at] == ' ') space = at;
    at += character_at(text, at).size;
  }
  if (at >= text.size()) return text;
  return text.substr(0, space > at / 2 ? space : at) + "…";
}

template <class Items, class Member>
Json joined(const Items& items, Member member) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : " ") + item.*member;
  return Json{text};
}

// Whether it is a copy, what anybody may do there, and how much goes on.
std::string facts_of(const Community& community) {
  std::string text = community.copy_of.empty() ? "" : "copy ";
  for (const auto& [name, holds] : {std::pair{"read ", community.read},
                                    {"write ", community.write},
                                    {"upload ", community.upload}})
    if (holds.value_or(false)) text += name;
  if (community.activity.level) text += word_of(*community.activity.level);
  return text;
}

Json room_of(const Views& views, const Community& community) {
  const std::optional<RoomChip> chip = views.chip_of(community);
  const bool is_sure =
      community.server.key_status == KeyStatus::proven && community.copy_of.empty();
  const std::string created = community.created ? day_of(*community.created) : "";
  return Json{Json::Array{
      Json{community.identifier}, Json{community.name}, Json{shortened(community.description)},
      joined(community.languages, &SpokenLanguage::code), joined(community.topics, &Topic::id),
      joined(community.tags, &Tag::text), Json{host_port_of(community.server.base_url)},
      Json{domain_of_base_url(community.server.base_url)},
      community.weekly_users ? Json::integer(*community.weekly_users) : Json{},
      Json{std::string{day_part(community.first_seen)} + " " + created}, Json::integer(is_sure),
      Json{chip ? chip->word : ""}, Json{chip ? chip->of : ""}, Json{face_of(community)},
      Json::integer(hue_of(community)), Json{facts_of(community)},
      community.activity.week ? Json::real(*community.activity.week) : Json{}}};
}

// One place does not lead to the rooms of other places.
bool has_hints(const LexiconEntry& topic) {
  return !topic.topic_of || topic.topic_of == TopicOf::languages;
}

// Is one of its words known already? Then search finds it by that word.
bool has_known_word(std::string_view phrase, const std::set<std::string>& known) {
  for (std::size_t at = 0, end; at < phrase.size(); at = end + 1) {
    end = std::min(phrase.find(' ', at), phrase.size());
    if (known.contains(std::string{phrase.substr(at, end - at)})) return true;
  }
  return false;
}

// By topic that has rooms: its names, and the words that hint at it, in all languages.
struct TopicWords {
  Json::Object names, hints;
};
TopicWords topic_words(const Views& views) {
  TopicWords topics;
  for (const LexiconEntry& topic : views.knowledge().topics()) {
    if (!views.model().topics.contains(topic.id)) continue;
    std::set<std::string> names{topic.id}, known;
    if (topic.names && topic.names->object())
      for (const auto& [code, name] : *topic.names->object())
        if (const std::string* text = name.string()) names.insert(*text);
    for (const std::string& name : names) known.insert(fold(name));
    std::vector<std::string> words;
    for (const auto* some : {&topic.words, &topic.in_names})
      for (const std::string& word : *some)
        if (!word.starts_with('*') && known.insert(fold(word)).second) words.push_back(word);
    std::sort(words.begin(), words.end());  // smaller when compressed
    Json::Array hints;
    if (has_hints(topic))
      for (const std::string& word : words)
        if (word.find(' ') == word.npos || !has_known_word(fold(word), known))
          hints.emplace_back(word);
    topics.names.push_back({topic.id, Json{Json::Array(names.begin(), names.end())}});
    topics.hints.push_back({topic.id, Json{std::move(hints)}});
  }
  return topics;
}

}  // namespace

void write_search(const Views& views, OutputFolder& output) {
  TopicWords topics = topic_words(views);
  output.write("search/topics.json", to_text(Json{std::move(topics.names)}) + "\n");
  output.write("search/hints.json", to_text(Json{std::move(topics.hints)}) + "\n");
  const SiteModel& model = views.model();
  OutputFile file{output, "search/rooms.json"};
  CommunityReader communities{model};
  file.write("[");
  for (std::size_t i = 0; i < std::min(kMostRooms, model.communities.size()); ++i) {
    if (i > 0) file.write(",\n");
    file.write(to_text(room_of(views, communities.read_row(model.communities[i]))));
  }
  file.write("]\n");
  file.commit();
}
