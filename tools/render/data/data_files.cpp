#include "data/data_files.hpp"

#include <array>
#include <map>
#include <set>

#include "data/community_json.hpp"
#include "data/earlier_shapes.hpp"
#include "data/members.hpp"
#include "pages/paths.hpp"
#include "record/identifier.hpp"
#include "url/join_url.hpp"

namespace {

bool selects(const std::set<std::string, std::less<>>& include, const Community& community) {
  const std::string& key = community.server.public_key;
  if (!community.server.has_proven_key()) return false;
  return include.contains(key) || include.contains(community.token + "+" + key);
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
          rooms.push_back(servers_room(views, communities.read((*slots)[number])));
    item.add("rooms", Json{std::move(rooms)});
    servers.add(item.take());
  }
  servers.end("");
}

// Every tag that has a page, the most used first.
void write_tags(const Views& views, OutputFolder& output) {
  ArrayFile tags{output, "tags.json", ""};
  for (const auto* group : by_size(views.model().tags)) {
    Json::Object tag = shaped_tag(group->first, "user");
    tag.push_back({"count", Json::integer(group->second.size())});
    tag.push_back({"href", Json{link_of(views, page_file(tag_stem(group->first)))}});
    tags.add(Json{std::move(tag)});
  }
  tags.end("");
}

// One point a day: the last run of each.
void write_history(const Views& views, OutputFolder& output) {
  std::map<std::string_view, const Run*> by_day;
  for (const Run& run : views.runs()) by_day[day_part(run.at)] = &run;
  ArrayFile days{output, "history.json", ""};
  for (const auto& [day, run] : by_day) {
    Members out;
    out.add("day", Json{day});
    out.add("communities", Json::integer(run->communities));
    out.number("shown", run->shown);
    out.number("adult", run->adult);
    out.add("weekly_users", Json::integer(run->weekly_users));
    out.add("servers", Json::integer(run->servers));
    out.add("answered", Json::integer(run->answered));
    out.add("proven", Json::integer(run->proven));
    out.add("outcomes", run->outcomes);
    if (const Json* seconds = run->seconds.find("4-probes"))
      out.real("probe_seconds", seconds->real());
    days.add(out.take());
  }
  days.end("");
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
    // A current identifier wins over an older one; an older one of two Communities is left out.
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

void write_data(const Views& views, const std::vector<Selection>& selections,
                OutputFolder& output) {
  const SiteModel& model = views.model();
  const std::string head = "{\"generated_at\":\"" + rfc3339(model.generated_at) + "\",\"schema\":" +
                           to_text(Json{link_of(views, "schemas/communities.schema.json")}) +
                           ",\"communities\":";
  ArrayFile json{output, "communities.json", head};
  OutputFile ndjson{output, "communities.ndjson"}, csv{output, "communities.csv"};
  csv.write(csv_head());
  std::vector<std::set<std::string, std::less<>>> wanted;
  for (const Selection& selection : selections)
    wanted.emplace_back(selection.include.begin(), selection.include.end());
  std::vector<Json::Array> selected(selections.size());
  CommunityReader communities{model};
  for (const auto* slots : {&model.communities, &model.adult})
    for (const Spool::Slot slot : *slots) {
      const Community& community = communities.read(slot);
      const Json shown = community_json(views, community);
      json.add(shown);
      ndjson.write(to_text(shown) + "\n");
      csv.write(csv_line(shown));
      for (std::size_t i = 0; i < wanted.size(); ++i)
        if (selects(wanted[i], community) &&
            !(community.adult && selections[i].rating == SelectionRating::safe))
          selected[i].push_back(listing_room(views, community));
    }
  json.end("}");
  ndjson.commit();
  csv.commit();
  write_servers(views, output);
  write_tags(views, output);
  write_history(views, output);
  write_lookup(views, output);

  Json::Array summaries;
  for (std::size_t i = 0; i < selections.size(); ++i) {
    Json::Object members{
        {"id", Json{selections[i].id}},
        {"name", Json{selections[i].name}},
        {"rating", Json{word_of(selections[i].rating.value_or(SelectionRating::unknown))}}};
    Json::Object summary = members;
    summary.push_back({"rooms", Json::integer(selected[i].size())});
    summaries.emplace_back(std::move(summary));
    members.push_back({"rooms", Json{std::move(selected[i])}});
    output.write("listings/" + selections[i].id + ".json",
                 to_text(Json{std::move(members)}) + "\n");
  }
  output.write("listings.json", to_text(Json{std::move(summaries)}) + "\n");
}
