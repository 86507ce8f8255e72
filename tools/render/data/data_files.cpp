#include "data/data_files.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "cli/errors.hpp"
#include "pages/names.hpp"
#include "record/identifier.hpp"

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

std::string link_of(const Views& views, const std::string& file) {
  const std::string url = views.url_of(file);
  return url.empty() ? file : url;
}

Json server_of(const CardServer& server) {
  Members out;
  out.add("id", Json{server.id});
  out.add("base_url", Json{server.base_url});
  out.add("public_key", Json{server.public_key});
  out.add("key_status", Json{server.key_status});
  out.text("proven_at", server.proven_at);
  if (!server.aliases.empty()) {
    Json::Array aliases;
    for (const CardAlias& alias : server.aliases) aliases.emplace_back(alias.base_url);
    out.add("aliases", Json{std::move(aliases)});
  }
  out.number("uptime_7", server.uptime.week);
  out.number("uptime_30", server.uptime.month);
  return out.take();
}

Json community_of(const Views& views, const Card& card) {
  Members out;
  out.add("identifier", Json{card.identifier});
  out.add("token", Json{card.token});
  out.add("name", Json{card.name});
  out.text("description", card.description);
  Json::Array languages;
  for (const CardLanguage& language : card.languages)
    languages.emplace_back(
        Json::Object{{"code", Json{language.code}}, {"by", Json{word_of(language.origin)}}});
  out.add("languages", Json{std::move(languages)});
  out.add("tags", texts(card.tags));
  out.add("join_url", Json{card.join_url});
  out.text("preview_url", card.preview_url);
  out.add("page", Json{link_of(views, community_file(card.identifier))});
  out.number("weekly_users", card.weekly_users);
  out.number("active_users", card.active_users);
  out.number("active_users_cutoff", card.active_users_cutoff);
  out.number("staff_count", card.staff_count);
  out.add("adult", Json{card.adult});
  for (const auto& [name, holds] : {std::pair{"official", card.official},
                                    {"pinned", card.pinned},
                                    {"new", card.is_new},
                                    {"read_only", card.read_only},
                                    {"no_uploads", card.no_uploads},
                                    {"staffed", card.staffed},
                                    {"test", card.test},
                                    {"not_joinable", card.not_joinable}})
    if (holds) out.add(name, Json{true});
  if (card.created) out.add("created", Json{rfc3339(*card.created)});
  out.text("first_seen", card.first_seen);
  out.text("last_seen", card.last_seen);
  out.text("not_seen_since", card.not_seen_since);
  out.text("returned", card.returned);
  out.add("server", server_of(card.server));
  Json::Array found_on;
  for (const CardPlace& place : card.found_on) {
    Members item;
    item.text("source", place.source);
    item.text("url", place.url);
    item.text("since", place.since);
    found_on.push_back(item.take());
  }
  if (!found_on.empty()) out.add("found_on", Json{std::move(found_on)});
  if (!card.older.empty()) out.add("older_identifiers", texts(card.older));
  return out.take();
}

const std::vector<std::pair<const char*, std::string (*)(const Card&)>>& csv_columns() {
  const auto number = [](const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : std::string{};
  };
  static const auto joined = [](const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : " ") + item;
    return text;
  };
  static const auto numbered = number;
  static const std::vector<std::pair<const char*, std::string (*)(const Card&)>> columns{
      {"identifier", [](const Card& c) { return c.identifier; }},
      {"name", [](const Card& c) { return c.name; }},
      {"description", [](const Card& c) { return c.description; }},
      {"languages",
       [](const Card& c) {
         std::vector<std::string> codes;
         for (const CardLanguage& language : c.languages) codes.push_back(language.code);
         return joined(codes);
       }},
      {"tags", [](const Card& c) { return joined(c.tags); }},
      {"weekly_users", [](const Card& c) { return numbered(c.weekly_users); }},
      {"staff_count", [](const Card& c) { return numbered(c.staff_count); }},
      {"adult", [](const Card& c) { return std::string{c.adult ? "true" : "false"}; }},
      {"join_url", [](const Card& c) { return c.join_url; }},
      {"server", [](const Card& c) { return c.server.base_url; }},
      {"public_key", [](const Card& c) { return c.server.public_key; }},
      {"key_status", [](const Card& c) { return c.server.key_status; }},
      {"first_seen", [](const Card& c) { return c.first_seen; }},
      {"last_seen", [](const Card& c) { return c.last_seen; }}};
  return columns;
}

// A room in the shape of the listings before this one: the API's names and units.
// Their readers expect lists of staff; ours are empty.
Members room_of(const Card& card) {
  const auto or_null = [](const std::optional<std::int64_t>& value) {
    return value ? Json::integer(*value) : Json{};
  };
  const auto access = [](const std::optional<bool>& value) {
    return value ? Json{*value} : Json{};
  };
  Members out;
  out.add("token", Json{card.token});
  out.add("name", Json{card.name});
  out.add("description", Json{card.description});
  out.add("active_users", or_null(card.active_users));
  out.add("active_users_cutoff", or_null(card.active_users_cutoff));
  out.add("admins", Json{Json::Array{}});
  out.add("moderators", Json{Json::Array{}});
  out.add("created", or_null(card.created));
  out.add("image_id", or_null(card.image_id));
  out.add("info_updates", or_null(card.info_updates));
  out.add("message_sequence", or_null(card.message_sequence));
  out.add("read", access(card.read));
  out.add("write", access(card.write));
  out.add("upload", access(card.upload));
  return out;
}

std::string flag_of(const Views& views, const Card& card) {
  if (card.languages.empty()) return {};
  const LanguageName* name = views.knowledge().language(card.languages[0].code);
  return name ? name->flag.value_or("") : "";
}

Json legacy_room(const Views& views, const Card& card) {
  Members out = room_of(card);
  Json::Array tags;
  const auto tag = [&](const std::string& text, const char* type) {
    tags.emplace_back(Json::Object{{"text", Json{text}}, {"type", Json{type}}});
  };
  for (const auto& [text, holds] : {std::pair{"official", card.official},
                                    {"pinned", card.pinned},
                                    {"nsfw", card.adult},
                                    {"moderated", card.staffed},
                                    {"read-only", card.read_only},
                                    {"no uploads", card.no_uploads},
                                    {"new", card.is_new},
                                    {"test", card.test}})
    if (holds) tag(text, "reserved");
  for (const std::string& text : card.tags) tag(text, "user");
  out.add("tags", Json{std::move(tags)});
  out.add("language_flag", Json{flag_of(views, card)});
  out.add("identifier", Json{card.identifier});
  out.add("join_url", Json{card.join_url});
  return out.take();
}

Json listing_room(const Views& views, const Card& card) {
  Members extra;
  extra.add("join_url", Json{card.join_url});
  extra.add("language_flag", Json{flag_of(views, card)});
  extra.add("tags", texts(card.tags));
  extra.add("identifier", Json{card.identifier});
  return Json{Json::Object{{"room", room_of(card).take()}, {"room_extra", extra.take()}}};
}

bool selects(const std::set<std::string, std::less<>>& include, const Card& card) {
  const auto has = [&](std::string_view text) { return include.find(text) != include.end(); };
  if (has(card.identifier) || has(card.server.id) || has(card.server.public_key) ||
      has(host_of(card.server.base_url)))
    return true;
  return std::any_of(card.older.begin(), card.older.end(), has) ||
         std::any_of(card.server.aliases.begin(), card.server.aliases.end(),
                     [&](const CardAlias& alias) { return has(host_of(alias.base_url)); });
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
  const Listing& listing = views.listing();
  ArrayFile servers{output, "servers.json", ""};
  CardReader cards{listing};
  for (const Spool::Slot slot : listing.servers) {
    const ServerCard server = listing.server(slot);
    Members item;
    item.add("base_url", Json{server.server.base_url});
    item.add("pubkey", Json{server.server.public_key});
    item.add("server_id", Json{server.server.id});
    Json::Array rooms;
    for (const auto& [groups, slots] : {std::pair{&listing.by_server, &listing.communities},
                                        std::pair{&listing.adult_by_server, &listing.adult}})
      if (const auto found = groups->find(server.server.id); found != groups->end())
        for (const Listing::Number number : found->second)
          rooms.push_back(legacy_room(views, cards.read((*slots)[number])));
    item.add("rooms", Json{std::move(rooms)});
    servers.add(item.take());
  }
  servers.end("");
}

void write_lookup(const Views& views, OutputFolder& output) {
  const Listing& listing = views.listing();
  // One file of two hex digits after the other, so that only one is in memory.
  std::map<std::string, std::vector<std::pair<const std::vector<Spool::Slot>*, Listing::Number>>>
      by_file;
  for (const auto& [groups, slots] : {std::pair{&listing.by_server, &listing.communities},
                                      std::pair{&listing.adult_by_server, &listing.adult}})
    for (const auto& [server, numbers] : *groups)
      for (const Listing::Number number : numbers)
        by_file[lookup_file(server)].emplace_back(slots, number);
  CardReader cards{listing};
  for (const auto& [file, members] : by_file) {
    std::map<std::string, std::string>
        pages;  // an older name may be that of two: the first by rank has it
    for (const auto& [slots, number] : members) {
      const Card& card = cards.read((*slots)[number]);
      const std::string page = community_file(card.identifier);
      pages.emplace(card.identifier, page);
      for (const std::string& older : card.older) pages.emplace(older, page);
    }
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
  for_each_line({file}, {}, "render", [&](const Line& line) {
    const Json json = line.json();
    if (kind_of(json) != Selection::kKind) throw BadLine{"\"kind\" should be \"listing\""};
    Selection selection = from_json<Selection>(json);
    if (selection.id.empty() || selection.id.size() > 64 ||
        selection.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") !=
            std::string::npos)
      throw BadLine{"\"id\" should be small letters, digits and hyphens"};
    if (!ids.insert(selection.id).second)
      throw BadLine{"\"id\" " + selection.id + " is given twice"};
    selections.push_back(std::move(selection));
  });
  return selections;
}

void write_data(const Views& views, const std::vector<Selection>& selections,
                OutputFolder& output) {
  const Listing& listing = views.listing();
  const std::string head =
      "{\"generated_at\":\"" + rfc3339(listing.generated_at) +
      "\",\"schema\":" + to_text(Json{link_of(views, "schemas/communities.schema.json")}) +
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
  CardReader cards{listing};
  for (const auto* slots : {&listing.communities, &listing.adult})
    for (const Spool::Slot slot : *slots) {
      const Card& card = cards.read(slot);
      const Json community = community_of(views, card);
      json.add(community);
      ndjson.write(to_text(community) + "\n");
      csv_line([&](const auto& column) { return column.second(card); });
      for (std::size_t i = 0; i < wanted.size(); ++i)
        if (selects(wanted[i], card)) selected[i].push_back(listing_room(views, card));
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
