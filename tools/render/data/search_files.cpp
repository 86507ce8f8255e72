#include "data/search_files.hpp"

#include <algorithm>

#include "ndjson/json.hpp"
#include "pages/paths.hpp"
#include "text/characters.hpp"

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

// What anybody may do there, and how much goes on.
std::string facts_of(const Community& community) {
  std::string text;
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
      joined(community.tags, &Tag::text), Json{host_of(community.server.base_url)},
      community.weekly_users ? Json::integer(*community.weekly_users) : Json{},
      Json{std::string{day_part(community.first_seen)} + " " + created}, Json::integer(is_sure),
      Json{chip ? chip->word : ""}, Json{chip ? chip->of : ""}, Json{face_of(community)},
      Json::integer(hue_of(community)), Json{facts_of(community)},
      community.activity.week ? Json::real(*community.activity.week) : Json{}}};
}

Json topics_of(const Views& views) {
  Json::Object topics;
  for (const LexiconEntry& topic : views.knowledge().topics()) {
    if (!views.model().topics.contains(topic.id)) continue;
    Json::Array names{Json{topic.id}}, words;
    if (topic.names && topic.names->object())
      for (const auto& [code, name] : *topic.names->object()) names.push_back(name);
    for (const auto* some : {&topic.words, &topic.in_names})
      for (const std::string& word : *some)
        if (!word.starts_with('*')) words.emplace_back(word);
    topics.push_back({topic.id, Json{Json::Array{Json{std::move(names)}, Json{std::move(words)}}}});
  }
  return Json{std::move(topics)};
}

}  // namespace

void write_search(const Views& views, OutputFolder& output) {
  output.write("search/topics.json", to_text(topics_of(views)) + "\n");
  const SiteModel& model = views.model();
  if (model.communities.size() <= views.options().rows_a_page) return;
  OutputFile file{output, "search/rooms.json"};
  CommunityReader communities{model};
  for (std::size_t i = 0; i < std::min(kMostRooms, model.communities.size()); ++i) {
    file.write(i == 0 ? "[" : ",\n");
    file.write(to_text(room_of(views, communities.read_row(model.communities[i]))));
  }
  file.write("]\n");
  file.commit();
}
