#include "data/data_files.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "cli/errors.hpp"
#include "model/identifiers.hpp"
#include "ndjson/lines.hpp"
#include "pages/paths.hpp"
#include "record/identifier.hpp"
#include "url/join_url.hpp"

namespace {

class Members {
 public:
  void add(const char* name, Json value) { members_.push_back({name, std::move(value)}); }
  void text(const char* name, const std::string& value) {
    if (!value.empty()) add(name, Json{value});
  }
  void number(const char* name, const std::optional<std::int64_t>& value) {
    if (value) add(name, Json::integer(*value));
  }
  void flag(const char* name, const std::optional<bool>& value) {
    if (value) add(name, Json{*value});
  }
  Json take() { return Json{std::move(members_)}; }

 private:
  Json::Object members_;
};

Json texts(const std::vector<std::string>& values) {
  Json::Array items;
  for (const std::string& value : values) items.emplace_back(value);
  return Json{std::move(items)};
}

Json texts(const std::vector<Tag>& tags) {
  Json::Array items;
  for (const Tag& tag : tags) items.emplace_back(tag.text);
  return Json{std::move(items)};
}

std::string link_of(const Views& views, const std::string& file) {
  const std::string url = views.url_of(file);
  return url.empty() ? file : url;
}

Json server_of(const CommunityServer& server) {
  Members out;
  out.add("id", Json{server.id});
  out.add("base_url", Json{server.base_url});
  out.add("public_key", Json{server.public_key});
  out.add("key_status", Json{server.key_status});
  out.text("proven_at", server.proven_at);
  if (!server.aliases.empty()) {
    Json::Array aliases;
    for (const OtherAddress& alias : server.aliases) aliases.emplace_back(alias.base_url);
    out.add("aliases", Json{std::move(aliases)});
  }
  out.number("uptime_7", server.uptime.week);
  out.number("uptime_30", server.uptime.month);
  return out.take();
}

Json community_of(const Views& views, const Community& community) {
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
  out.add("adult", Json{community.adult.holds});
  if (community.adult) {
    out.add("adult_state", Json{word_of(community.adult_state)});
    Members reason;
    reason.text("by", community.adult_by);
    reason.text("word", community.adult_word);
    out.add("adult_reason", reason.take());
  }
  for (const auto& [name, holds] : {std::pair{"official", community.official.holds},
                                    {"pinned", community.pinned.holds},
                                    {"new", community.is_new},
                                    {"read_only", community.read_only},
                                    {"no_uploads", community.no_uploads},
                                    {"staffed", community.staffed},
                                    {"test", community.test.holds},
                                    {"not_joinable", community.not_joinable}})
    if (holds) out.add(name, Json{true});
  out.text("copy_of", community.copy_of);
  out.text("not_same_as", community.not_same_as);
  if (community.created) out.add("created", Json{rfc3339(*community.created)});
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

const std::vector<std::pair<const char*, std::string (*)(const Community&)>>& csv_columns() {
  const auto number = [](const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : std::string{};
  };
  static const auto joined = [](const auto& items, auto member) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : " ") + item.*member;
    return text;
  };
  static const auto numbered = number;
  static const std::vector<std::pair<const char*, std::string (*)(const Community&)>> columns{
      {"identifier", [](const Community& c) { return c.identifier; }},
      {"name", [](const Community& c) { return c.name; }},
      {"description", [](const Community& c) { return c.description; }},
      {"languages", [](const Community& c) { return joined(c.languages, &SpokenLanguage::code); }},
      {"tags", [](const Community& c) { return joined(c.tags, &Tag::text); }},
      {"topics", [](const Community& c) { return joined(c.topics, &Topic::id); }},
      {"weekly_users", [](const Community& c) { return numbered(c.weekly_users); }},
      {"staff_count", [](const Community& c) { return numbered(c.staff_count); }},
      {"adult", [](const Community& c) { return std::string{c.adult.holds ? "true" : "false"}; }},
      {"join_url", [](const Community& c) { return c.join_url; }},
      {"server", [](const Community& c) { return c.server.base_url; }},
      {"public_key", [](const Community& c) { return c.server.public_key; }},
      {"key_status", [](const Community& c) { return c.server.key_status; }},
      {"first_seen", [](const Community& c) { return c.first_seen; }},
      {"last_seen", [](const Community& c) { return c.last_seen; }},
      {"copy_of", [](const Community& c) { return c.copy_of; }}};
  return columns;
}

// A room in the shape of the listings before this one: the API's names and units.
// Their readers expect lists of staff; ours are empty.
Members room_of(const Community& community) {
  const auto or_null = [](const std::optional<std::int64_t>& value) {
    return value ? Json::integer(*value) : Json{};
  };
  const auto access = [](const std::optional<bool>& value) {
    return value ? Json{*value} : Json{};
  };
  Members out;
  out.add("token", Json{community.token});
  out.add("name", Json{community.name});
  out.add("description", Json{community.description});
  out.add("active_users", or_null(community.active_users));
  out.add("active_users_cutoff", or_null(community.active_users_cutoff));
  out.add("admins", Json{Json::Array{}});
  out.add("moderators", Json{Json::Array{}});
  out.add("created", or_null(community.created));
  out.add("image_id", or_null(community.image_id));
  out.add("info_updates", or_null(community.info_updates));
  out.add("message_sequence", or_null(community.message_sequence));
  out.add("read", access(community.read));
  out.add("write", access(community.write));
  out.add("upload", access(community.upload));
  return out;
}

std::string flag_of(const Views& views, const Community& community) {
  if (community.languages.empty()) return {};
  const LanguageName* name = views.knowledge().language(community.languages[0].code);
  return name ? name->flag.value_or("") : "";
}

Json legacy_room(const Views& views, const Community& community) {
  Members out = room_of(community);
  Json::Array tags;
  const auto tag = [&](const std::string& text, const char* type) {
    tags.emplace_back(Json::Object{{"text", Json{text}}, {"type", Json{type}}});
  };
  for (const auto& [text, holds] : {std::pair{"official", community.official.holds},
                                    {"pinned", community.pinned.holds},
                                    {"nsfw", community.adult.holds},
                                    {"moderated", community.staffed},
                                    {"read-only", community.read_only},
                                    {"no uploads", community.no_uploads},
                                    {"new", community.is_new},
                                    {"test", community.test.holds}})
    if (holds) tag(text, "reserved");
  for (const Tag& said : community.tags) tag(said.text, "user");
  out.add("tags", Json{std::move(tags)});
  out.add("language_flag", Json{flag_of(views, community)});
  out.add("identifier", Json{community.identifier});
  out.add("join_url", Json{community.join_url});
  return out.take();
}

Json listing_room(const Views& views, const Community& community) {
  Members extra;
  extra.add("join_url", Json{community.join_url});
  extra.add("language_flag", Json{flag_of(views, community)});
  extra.add("tags", texts(community.tags));
  extra.add("identifier", Json{community.identifier});
  return Json{Json::Object{{"room", room_of(community).take()}, {"room_extra", extra.take()}}};
}

bool selects(const std::set<std::string, std::less<>>& include, const Community& community) {
  const std::string& key = community.server.public_key;
  return include.contains(key) || include.contains(community.token + "+" + key);
}

// A selection grants trust, so it names whole keys.
bool is_whole(std::string_view name) {
  const auto plus = name.rfind('+');
  const std::string_view key = plus == name.npos ? name : name.substr(plus + 1);
  return is_server_id(key) && key.size() == 64 &&
         (plus == name.npos || is_token(name.substr(0, plus)));
}

// One JSON array whose items come one by one.
class ArrayFile {
 public:
  ArrayFile(OutputFolder& output, std::string path, std::string_view before)
      : file_{output, std::move(path)} {
    file_.write(std::string{before} + "[");
  }
  void add(const Json& item) {
    file_.write(any_ ? ",\n" : "\n");
    file_.write(to_text(item));
    any_ = true;
  }
  void end(std::string_view after) {
    file_.write("\n]" + std::string{after} + "\n");
    file_.commit();
  }

 private:
  OutputFile file_;
  bool any_ = false;
};

void write_servers(const Views& views, OutputFolder& output) {
  const SiteModel& model = views.model();
  ArrayFile servers{output, "servers.json", ""};
  CommunityReader communities{model};
  for (const Spool::Slot slot : model.servers) {
    const ListedServer server = model.server(slot);
    Members item;
    item.add("base_url", Json{server.server.base_url});
    item.add("pubkey", Json{server.server.public_key});
    item.add("server_id", Json{server.server.id});
    Json::Array rooms;
    for (const auto& [groups, slots] : {std::pair{&model.by_server, &model.communities},
                                        std::pair{&model.adult_by_server, &model.adult}})
      if (const auto found = groups->find(server.server.id); found != groups->end())
        for (const SiteModel::Number number : found->second)
          rooms.push_back(legacy_room(views, communities.read((*slots)[number])));
    item.add("rooms", Json{std::move(rooms)});
    servers.add(item.take());
  }
  servers.end("");
}

void write_lookup(const Views& views, OutputFolder& output) {
  const SiteModel& model = views.model();
  // One file of two hex digits after the other, so that only one is in memory.
  std::map<std::string, std::vector<std::pair<const std::vector<Spool::Slot>*, SiteModel::Number>>>
      by_file;
  for (const auto& [groups, slots] : {std::pair{&model.by_server, &model.communities},
                                      std::pair{&model.adult_by_server, &model.adult}})
    for (const auto& [server, numbers] : *groups)
      for (const SiteModel::Number number : numbers)
        by_file[lookup_file(server)].emplace_back(slots, number);
  CommunityReader communities{model};
  for (const auto& [file, members] : by_file) {
    // A real identifier comes first, and an older name of two Communities leads to neither.
    std::map<std::string, std::string> real, older;
    for (const auto& [slots, number] : members) {
      const Community& community = communities.read((*slots)[number]);
      const std::string page = community_file(community.identifier);
      real.emplace(community.identifier, page);
      for (const std::string& name : community.older_identifiers) {
        const auto [found, is_first] = older.emplace(name, page);
        if (!is_first && found->second != page) found->second.clear();
      }
    }
    std::map<std::string, std::string> pages = std::move(real);
    for (const auto& [name, page] : older)
      if (!page.empty()) pages.emplace(name, page);
    Json::Object lines;
    for (const auto& [name, page] : pages) lines.push_back({name, Json{page}});
    output.write(file, to_text(Json{std::move(lines)}) + "\n");
  }
}

}  // namespace

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

std::vector<Selection> read_selections(const std::string& file) {
  std::vector<Selection> selections;
  std::set<std::string> ids;
  JsonText memory;
  for_each_line({file}, {}, "render", [&](const Line& line) {
    const JsonView json = line.json(memory);
    check_kind(kind_of(json), std::array{Selection::kKind});
    Selection selection = from_strict_json<Selection>(json);
    if (selection.id.empty() || selection.id.size() > 64 ||
        selection.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") !=
            std::string::npos)
      throw BadLine{"\"id\" should be small letters, digits and hyphens"};
    if (!ids.insert(selection.id).second)
      throw BadLine{"\"id\" " + selection.id + " is given twice"};
    for (const std::string& name : selection.include)
      if (!is_whole(name))
        throw BadLine{"\"include\" should have whole keys, or TOKEN+ and a whole key: \"" + name +
                      "\" is neither"};
    selections.push_back(std::move(selection));
  });
  return selections;
}

void write_data(const Views& views, const std::vector<Selection>& selections,
                OutputFolder& output) {
  const SiteModel& model = views.model();
  const std::string head = "{\"generated_at\":\"" + rfc3339(model.generated_at) + "\",\"schema\":" +
                           to_text(Json{link_of(views, "schemas/communities.schema.json")}) +
                           ",\"communities\":";
  ArrayFile json{output, "communities.json", head};
  OutputFile ndjson{output, "communities.ndjson"}, csv{output, "communities.csv"};
  const auto csv_line = [&](auto&& cell) {
    std::string line;
    for (const auto& column : csv_columns())
      line += (line.empty() ? "" : ",") + csv_cell(cell(column));
    csv.write(line + "\r\n");
  };
  csv_line([](const auto& column) { return std::string{column.first}; });
  std::vector<std::set<std::string, std::less<>>> wanted;
  for (const Selection& selection : selections)
    wanted.emplace_back(selection.include.begin(), selection.include.end());
  std::vector<Json::Array> selected(selections.size());
  CommunityReader communities{model};
  for (const auto* slots : {&model.communities, &model.adult})
    for (const Spool::Slot slot : *slots) {
      const Community& community = communities.read(slot);
      const Json shown = community_of(views, community);
      json.add(shown);
      ndjson.write(to_text(shown) + "\n");
      csv_line([&](const auto& column) { return column.second(community); });
      for (std::size_t i = 0; i < wanted.size(); ++i)
        if (selects(wanted[i], community) && !(community.adult && selections[i].rating == "safe"))
          selected[i].push_back(listing_room(views, community));
    }
  json.end("}");
  ndjson.commit();
  csv.commit();
  write_servers(views, output);
  write_lookup(views, output);

  Json::Array summaries;
  for (std::size_t i = 0; i < selections.size(); ++i) {
    Json::Object members{{"id", Json{selections[i].id}},
                         {"name", Json{selections[i].name}},
                         {"rating", Json{selections[i].rating.value_or("unknown")}}};
    Json::Object summary = members;
    summary.push_back({"rooms", Json::integer(static_cast<std::int64_t>(selected[i].size()))});
    summaries.emplace_back(std::move(summary));
    members.push_back({"rooms", Json{std::move(selected[i])}});
    output.write("listings/" + selections[i].id + ".json",
                 to_text(Json{std::move(members)}) + "\n");
  }
  output.write("listings.json", to_text(Json{std::move(summaries)}) + "\n");
}
