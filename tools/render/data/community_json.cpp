#include "data/community_json.hpp"

#include "data/members.hpp"
#include "pages/paths.hpp"

namespace {

Json server_of(const CommunityServer& server) {
  Members out;
  out.add("id", Json{server.id});
  out.add("base_url", Json{server.base_url});
  out.add("public_key", Json{server.public_key});
  out.add("key_status", Json{word_of(server.key_status)});
  out.text("proven_at", server.proven_at);
  if (!server.aliases.empty()) {
    Json::Array aliases;
    for (const OtherAddress& alias : server.aliases) aliases.emplace_back(alias.base_url);
    out.add("aliases", Json{std::move(aliases)});
  }
  out.number("uptime_7", server.uptime.week);
  out.number("uptime_30", server.uptime.month);
  out.real("probe_seconds", server.probe_seconds);
  out.number("staff_count", server.staff_count);
  return out.take();
}

// A column; `within`: which member of that object, or of the items of that list, it tells.
struct Column {
  const char* name;
  const char* within = nullptr;
  const char* member = nullptr;  // where it is not called as the column is

  const char* source() const { return member ? member : name; }
};
constexpr Column kColumns[] = {{"identifier"},
                               {"name"},
                               {"description"},
                               {"languages", "code"},
                               {"languages_by", "by", "languages"},
                               {"tags"},
                               {"topics", "id"},
                               {"weekly_users"},
                               {"activity"},
                               {"activity_7"},
                               {"activity_30"},
                               {"last_activity_day"},
                               {"staff_count"},
                               {"read"},
                               {"write"},
                               {"upload"},
                               {"joinable"},
                               {"adult"},
                               {"adult_state"},
                               {"adult_by", "by", "adult_reason"},
                               {"adult_word", "word", "adult_reason"},
                               {"official"},
                               {"copy_of"},
                               {"created"},
                               {"image_id"},
                               {"join_url"},
                               {"page"},
                               {"server", "base_url"},
                               {"public_key", "public_key", "server"},
                               {"key_status", "key_status", "server"},
                               {"first_seen"},
                               {"last_seen"}};

std::string cell_text(const Json& value, const char* within) {
  if (const Json::Array* items = value.array()) {
    std::string text;
    for (const Json& item : *items) text += (text.empty() ? "" : " ") + cell_text(item, within);
    return text;
  }
  if (value.object()) {
    const Json* member = within ? value.find(within) : nullptr;
    return member ? cell_text(*member, nullptr) : "";
  }
  return value.string() ? *value.string() : to_text(value);
}

template <class CellOf>
std::string line_of(const CellOf& cell_of) {
  std::string line;
  for (const Column& column : kColumns)
    line += (line.empty() ? "" : ",") + csv_cell(cell_of(column));
  return line + "\r\n";
}

}  // namespace

std::string link_of(const Views& views, const std::string& file) {
  const std::string url = views.url_of(file);
  return url.empty() ? file : url;
}

Json community_json(const Views& views, const Community& community) {
  Members out;
  out.add("identifier", Json{community.identifier});
  out.add("token", Json{community.token});
  out.add("name", Json{community.name});
  out.text("description", community.description);
  Json::Array languages;
  for (const SpokenLanguage& language : community.languages)
    languages.emplace_back(Json::Object{{"code", Json{language.code}},
                                        {"by", Json{word_of(language.witness.origin)}}});
  out.add("languages", Json{std::move(languages)});
  out.add("tags", texts(community.tags));
  Json::Array topics;
  for (const Topic& topic : community.topics)
    topics.emplace_back(
        Json::Object{{"id", Json{topic.id}}, {"by", Json{word_of(topic.witness.origin)}}});
  if (!topics.empty()) out.add("topics", Json{std::move(topics)});
  out.add("join_url", Json{community.join_url});
  out.text("preview_url", community.preview_url);
  out.add("page", Json{link_of(views, community_file(community.identifier))});
  out.number("weekly_users", community.weekly_users);
  out.number("active_users", community.active_users);
  out.number("active_users_cutoff", community.active_users_cutoff);
  out.number("staff_count", community.staff_count);
  const Activity& activity = community.activity;
  if (activity.level) out.add("activity", Json{word_of(*activity.level)});
  out.real("activity_7", activity.week);
  out.real("activity_30", activity.month);
  out.text("last_activity_day", activity.last_day);
  out.flag("read", community.read);
  out.flag("write", community.write);
  out.flag("upload", community.upload);
  out.flag("joinable", community.joinable);
  out.text("not_joinable_code", word_of(community.not_joinable_code));
  out.add("adult", Json{community.adult.holds});
  if (community.adult) {
    out.add("adult_state", Json{word_of(community.adult_state)});
    Members reason;
    reason.text("by", community.adult_by);
    reason.text("word", community.adult_word);
    out.add("adult_reason", reason.take());
  }
  out.add("official", Json{community.official.holds});
  for (const auto& [name, holds] : {std::pair{"pinned", community.pinned.holds},
                                    {"new", community.is_new},
                                    {"test", community.test.holds}})
    if (holds) out.add(name, Json{true});
  out.text("copy_of", community.copy_of);
  out.text("not_same_as", community.not_same_as);
  if (community.created) out.add("created", Json{rfc3339(*community.created)});
  out.number("image_id", community.image_id);
  out.text("first_seen", community.first_seen);
  out.text("last_seen", community.last_seen);
  out.text("not_seen_since", community.not_seen_since);
  out.text("returned", community.returned);
  out.add("server", server_of(community.server));
  Json::Array found_on;
  for (const FoundPlace& place : community.found_on) {
    Members item;
    item.text("source", place.source);
    item.text("url", place.url);
    item.text("since", place.since);
    found_on.push_back(item.take());
  }
  if (!found_on.empty()) out.add("found_on", Json{std::move(found_on)});
  if (!community.older_identifiers.empty())
    out.add("older_identifiers", texts(community.older_identifiers));
  return out.take();
}

std::string csv_cell(std::string_view text) {
  std::string cell;
  if (!text.empty() && (std::string_view{"=+-@\t\r\n"}.find(text[0]) != std::string_view::npos))
    cell = "'";
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
  return quoted + "\"";
}

std::string csv_head() {
  return line_of([](const Column& column) { return std::string{column.name}; });
}

std::string csv_line(const Json& community) {
  return line_of([&](const Column& column) {
    const Json* value = community.find(column.source());
    return value ? cell_text(*value, column.within) : std::string{};
  });
}
