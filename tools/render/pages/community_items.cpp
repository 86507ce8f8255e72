#include <algorithm>
#include <cmath>
#include <set>

#include "model/hash.hpp"
#include "pages/drawing.hpp"
#include "pages/paths.hpp"
#include "pages/views.hpp"
#include "text/characters.hpp"

namespace {

constexpr std::uint64_t kHues = 20;       // of faces; style.css has as many
constexpr std::int64_t kRecentDays = 28;  // how long a Community counts as returned
// Bytes of a description that would push the way to join out of view.
constexpr std::size_t kLongText = 600;

// A line that an owner can put at the end of the description to confirm what is shown now.
std::string hashtags_of(const Community& community) {
  std::vector<std::string> words = community.owner_words;
  const auto add = [&](std::string word) {
    if (std::find(words.begin(), words.end(), word) == words.end())
      words.push_back(std::move(word));
  };
  for (const SpokenLanguage& language : community.languages) add("#lang:" + language.code);
  for (const Tag& tag : community.tags) add("#" + tag.text);
  for (const Topic& topic : community.topics) add("#" + topic.id);
  if (community.adult) add("#nsfw");
  if (community.test) add("#test");
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

// The activity per day, for people: "<1", "12", "1,234".
std::optional<std::string> a_day(const Views& views, const std::optional<double>& rate) {
  if (!rate) return std::nullopt;
  return *rate > 0 && *rate < 1 ? "<1" : views.number(std::llround(*rate));
}

}  // namespace

std::string face_of(const Community& community) {
  const std::string face = monogram(community.name + community.token);
  return face.empty() ? "#" : face;
}

std::int64_t hue_of(const Community& community) {
  return static_cast<std::int64_t>(stable_hash(community.identifier) % kHues);
}

std::optional<RoomChip> Views::chip_of(const Community& community) const {
  struct Candidate {
    bool holds;
    RoomChip chip;
  };
  const std::optional<KeyStatus> state = community.server.key_status;
  const std::string copied =
      community.copy_of_host.empty() ? community.copy_of : community.copy_of_host;
  const Candidate candidates[] = {
      {community.not_joinable, {"not_joinable", "bad", ""}},
      {community.read && !*community.read, {"no_read", "bad", ""}},
      {state == KeyStatus::legacy, {"legacy", "bad", ""}},
      {!community.copy_of.empty(), {"copy_of", "bad", copied}},
      {!community.not_same_as.empty(), {"not_same_as", "bad", community.not_same_as_name}},
      {state != KeyStatus::proven, {"unverified", "bad", ""}},
      {!community.not_seen_since.empty(),
       {"silent_since", "bad", std::string{day_part(community.not_seen_since)}}},
      {community.test.holds, {"test", "", ""}},
      {community.official.holds, {"official", "good", ""}},
      {community.read_only, {"read_only", "", ""}},
      {community.pinned.holds, {"pinned", "", ""}},
      {is_recent(community.returned), {"returned", "", ""}},
      {community.is_new, {"new", "", ""}}};
  for (const Candidate& candidate : candidates)
    if (candidate.holds) return candidate.chip;
  return std::nullopt;
}

void Views::chip(Values& row, const Community& community) const {
  const std::optional<RoomChip> chip = chip_of(community);
  if (Values* item = row.object("chip", chip.has_value())) {
    item->put("tone", chip->tone);
    item->put("label", label("chip", chip->word));
    item->put("of", chip->of);
  }
}

void Views::community(Values& row, const Community& community, const LinkPrefixes& links,
                      std::size_t rank) const {
  row.put("identifier", community.identifier);
  row.put("token", community.token);
  row.put("name", community.name);
  row.put("face", row.wants("face") ? face_of(community) : std::string{});
  row.put("hue", hue_of(community));
  row.put("description", community.description);
  row.put("long_text", community.description.size() > kLongText);
  row.put("lang", community.languages.empty() ? std::string_view{} : community.languages[0].code);
  const std::string file = community_file(community.identifier);
  row.put("page", community.gone ? std::string{} : links.details + file);
  row.put("page_url", community.gone || !row.wants("page_url")
                          ? std::string{}
                          : url_of(has_details() ? path_of(file) : file));
  row.put("join_url", community.join_url);
  row.put("preview_url", community.preview_url);
  row.put("qr", row.wants("qr") ? links.root + qr_file(community.identifier) : std::string{});
  row.put("badge",
          row.wants("badge") ? links.root + badge_file(community.identifier) : std::string{});
  row.put("badge_url",
          row.wants("badge_url") ? url_of(badge_file(community.identifier)) : std::string{});
  row.put("weekly_users", number(community.weekly_users));
  row.put("weekly_text", row.wants("weekly_text") ? counted("people_week", community.weekly_users)
                                                  : std::string{});
  row.put("active_users", number(community.active_users));
  const std::int64_t cutoff = community.active_users_cutoff.value_or(0);
  const std::int64_t days = std::max<std::int64_t>(1, (cutoff + kDay / 2) / kDay);
  row.put("active_days", cutoff > 0 && days != 7 ? std::optional{days} : std::nullopt);
  row.put("staff_count", number(community.staff_count));

  if (Values* languages = row.list("languages"))
    for (const SpokenLanguage& spoken : community.languages) {
      Values& item = languages->add();
      language(item, spoken.code, links);
      item.put("by_owner", spoken.witness.origin == Origin::owner);
      item.put("by_curator", spoken.witness.origin == Origin::curator);
      item.put("by_source", spoken.witness.origin == Origin::source);
      item.put("detected", spoken.witness.origin == Origin::detected);
    }
  if (Values* tags = row.list("tags"))
    for (const Tag& said : community.tags) tag(tags->add(), said.text, links);
  if (Values* topics = row.list("topics"))
    for (const Topic& about : community.topics) {
      Values& item = topics->add();
      topic(item, about.id, links);
      item.put("detected", about.witness.origin == Origin::detected);
    }
  std::string tag_line;
  if (row.wants("tag_line"))
    for (const Tag& said : community.tags) tag_line += (tag_line.empty() ? "#" : " #") + said.text;
  row.put("tag_line", tag_line);
  if (Values* server = row.object("server")) community_server(*server, community.server, links);

  if (Values* copy = row.object("copy_of", !community.copy_of.empty())) {
    const bool has_page = !community.copy_of_host.empty();
    copy->put("id", community.copy_of);
    copy->put("host", has_page ? community.copy_of_host : community.copy_of);
    copy->put("href",
              has_page ? links.details + page_file(server_stem(community.copy_of)) : std::string{});
  }
  if (Values* other = row.object("not_same_as", !community.not_same_as.empty())) {
    other->put("identifier", community.not_same_as);
    other->put("name", community.not_same_as_name);
    other->put("page", links.details + community_file(community.not_same_as));
  }
  chip(row, community);
  row.put("pinned", community.pinned.holds);
  row.put("official", community.official.holds);
  row.put("new", community.is_new);
  row.put("returned", is_recent(community.returned));
  row.put("read", community.read.value_or(false));
  row.put("no_read", community.read && !*community.read);
  row.put("write", community.write.value_or(false));
  row.put("upload", community.upload.value_or(false));
  row.put("read_only", community.read_only);
  row.put("no_uploads", community.no_uploads);
  row.put("adult", community.adult.holds);
  row.put("adult_said",
          community.adult_by.empty() ? std::string{} : label("adult_by", community.adult_by));
  row.put("adult_word", community.adult_word);
  row.put("test", community.test.holds);
  row.put("not_joinable", community.not_joinable);
  row.put("not_joinable_reason", community.not_joinable_reason);
  row.put("not_joinable_text", community.not_joinable_code
                                   ? label("unjoinable", word_of(community.not_joinable_code))
                                   : std::string{});
  const Activity& activity = community.activity;
  row.put("activity", word_of(activity.level));
  row.put("activity_text",
          activity.level ? label("activity", word_of(*activity.level)) : std::string{});
  row.put("activity_7", a_day(*this, activity.week));
  row.put("activity_30", a_day(*this, activity.month));
  row.put("last_activity_day", day(activity.last_day));
  row.put("quiet_for", activity.level == ActivityLevel::none ? std::optional{activity.quiet_days}
                                                             : std::nullopt);
  row.put("not_seen_since", day(day_part(community.not_seen_since)));
  row.put("created_day", community.created && row.wants("created_day")
                             ? day(day_of(*community.created))
                             : std::string{});
  row.put("first_seen", community.first_seen);
  row.put("first_seen_day", day(day_part(community.first_seen)));
  row.put("last_seen", community.last_seen);
  row.put("last_seen_day", day(day_part(community.last_seen)));
  row.put("returned_day", day(day_part(community.returned)));
  row.put("rank", rank > 0 ? std::optional{static_cast<std::int64_t>(rank)} : std::nullopt);
}

bool Views::is_recent(const std::string& time) const {
  const auto at = time.empty() ? std::nullopt : parse_rfc3339(time);
  return at && *at > model_.generated_at - kRecentDays * kDay;
}

void Views::community_page(Values& row, const Community& community) const {
  const bool has_staff = community.staff_count.value_or(0) > 0;
  row.put("staff_text", has_staff ? counted("moderators", community.staff_count) : std::string{});
  std::set<std::string_view> lists;
  for (const FoundPlace& place : community.found_on)
    if (!place.source.empty()) lists.insert(place.source);
  row.put("found_text", lists.empty() ? std::string{} : counted("found_on", lists.size()));
  row.put("created_year",
          community.created ? day_of(*community.created).substr(0, 4) : std::string{});
  found_on(row.list("found_on"), community.found_on);
  aliases(row.list("aliases"), community.server);
  if (Values* older = row.list("older"))
    for (const std::string& identifier : community.older_identifiers)
      older->add().put("identifier", identifier);
  row.put("proven_day", day(day_part(community.server.proven_at)));
  row.put("cipher", community.server.cipher);
  uptime(row, community.server.uptime);

  const auto put_words = [&](const char* name, const std::vector<std::string>& words) {
    if (Values* list = row.list(name))
      for (const std::string& word : words) list->add().put("word", word);
  };
  put_words("owner_words", community.owner_words);
  put_words("not_understood", community.unknown_languages);
  row.put("hashtags", hashtags_of(community));

  std::vector<ChartPoint> points;
  Values* users = row.list("users");
  for (const WeeklyUsers& day : community.users) {
    const auto at = parse_day(day.day);
    if (!at || day.weekly < 0) continue;
    points.push_back({*at, day.weekly});
    if (!users) continue;
    Values& item = users->add();
    item.put("day", this->day(day.day));
    item.put("weekly", number(day.weekly));
  }
  const auto less = [](const ChartPoint& a, const ChartPoint& b) { return a.value < b.value; };
  const auto some = [&](auto&& value) {
    return points.empty() ? std::nullopt : std::optional{value()};
  };
  row.put("users_svg", chart_svg(points));
  row.put("users_least", some([&] {
            return number(std::min_element(points.begin(), points.end(), less)->value);
          }));
  row.put("users_most", some([&] {
            return number(std::max_element(points.begin(), points.end(), less)->value);
          }));
  row.put("users_first_day", some([&] { return day(day_of(points.front().at)); }));
  row.put("users_last_day", some([&] { return day(day_of(points.back().at)); }));
}
