#include "domain/domain.hpp"
#include "pages/drawing.hpp"
#include "pages/feeds.hpp"
#include "pages/paths.hpp"
#include "pages/views.hpp"
#include "record/identifier.hpp"

namespace {

std::size_t size_of(const SiteModel::Groups& groups, const std::string& name) {
  const auto found = groups.find(name);
  return found == groups.end() ? 0 : found->second.size();
}

}  // namespace

void Views::language(Values& item, const std::string& code, const LinkPrefixes& links,
                     bool current) const {
  const LanguageName* known = knowledge_.language(code);
  const std::size_t count = size_of(model_.languages, code);
  item.put("code", code);
  item.put("name", known ? known->name : code);
  item.put("english", known ? known->english : code);
  item.put("flag", known ? known->flag : std::nullopt);
  item.put("count", number(count));
  item.put("href", count > 0 ? links.home + page_file(language_stem(code)) : std::string{});
  item.put("feed_atom", count > 0 ? links.root + "feed-" + code + ".atom" : std::string{});
  item.put("feed_json", count > 0 ? links.root + "feed-" + code + ".json" : std::string{});
  item.put("current", current);
}

std::string Views::topic_name(const std::string& id) const {
  for (const LexiconEntry& topic : knowledge_.topics())
    if (topic.id == id && topic.names)
      for (const std::string& code : {language_.code, std::string{"en"}})
        if (const Json* name = topic.names->find(code); name && name->string())
          return *name->string();
  return id;
}

void Views::topic(Values& item, const std::string& id, const LinkPrefixes& links) const {
  const std::size_t count = size_of(model_.topics, id);
  item.put("id", id);
  item.put("name", topic_name(id));
  item.put("count", number(count));
  item.put("href", count > 0 ? links.home + page_file(topic_stem(id)) : std::string{});
  item.put("feed_atom",
           count > 0 ? links.root + feed_file(topic_stem(id), ".atom") : std::string{});
  item.put("feed_json",
           count > 0 ? links.root + feed_file(topic_stem(id), ".json") : std::string{});
}

void Views::tag(Values& item, const std::string& tag, const LinkPrefixes& links) const {
  const std::size_t count = size_of(model_.tags, tag);
  item.put("tag", tag);
  item.put("count", number(count));
  item.put("href", count > 0 ? links.home + page_file(tag_stem(tag)) : std::string{});
}

void Views::community_server(Values& item, const CommunityServer& server, const LinkPrefixes& links,
                             bool has_page) const {
  const std::optional<KeyStatus> state = server.key_status;
  item.put("id", server.id);
  item.put("host", host_port_of(server.base_url));
  item.put("domain", item.wants("domain") ? domain_of_base_url(server.base_url) : std::string{});
  item.put("base_url", server.base_url);
  item.put("public_key", server.public_key);
  item.put("href", has_page ? links.details + page_file(server_stem(server.id)) : std::string{});
  item.put("mark_svg", item.wants("mark_svg") ? mark_svg(server.public_key) : std::string{});
  item.put("staff_count", number(server.staff_count));
  item.put("https", server.base_url.starts_with("https://"));
  item.put("proven", state == KeyStatus::proven);
  item.put("refuted", state == KeyStatus::refuted);
  item.put("legacy", state == KeyStatus::legacy);
  item.put("unproven", !state || state == KeyStatus::unproven);
}

void Views::server(Values& item, const ListedServer& listed, const LinkPrefixes& links) const {
  community_server(item, listed.server, links, model_.hosts.contains(listed.server.id));
  item.put("count", number(listed.count));
  item.put("adult_count",
           listed.adult_count > 0 ? std::optional{number(listed.adult_count)} : std::nullopt);
  item.put("not_seen_since", day(day_part(listed.not_seen_since)));
  item.put("outcome", word_of(listed.outcome));
  item.put("label", label("outcome", word_of(listed.outcome)));
}

// The figure for a week needs a day of probes, that for a month a week. As long as a month is not
// over, the page also says since when the server is probed.
void Views::uptime(Values& item, const Uptime& uptime) const {
  const std::int64_t measured = uptime.since ? model_.generated_at - *uptime.since : 0;
  std::optional<std::int64_t> week, month;
  if (measured >= kDay) week = uptime.week;
  if (measured >= 7 * kDay) month = uptime.month;
  item.put("measured", week || month);
  item.put("uptime_7", week);
  item.put("uptime_30", month);
  item.put("measured_day",
           measured < 29 * kDay ? day(day_of(uptime.since.value_or(0))) : std::string{});
}

void Views::aliases(Values* list, const CommunityServer& server) const {
  if (!list) return;
  for (const OtherAddress& alias : server.aliases) {
    Values& item = list->add();
    item.put("base_url", alias.base_url);
    item.put("proven_day", day(day_part(alias.proven_at)));
  }
}

void Views::found_on(Values* list, const std::vector<FoundPlace>& places) const {
  if (!list) return;
  for (const FoundPlace& place : places) {
    Values& item = list->add();
    item.put("source", place.source);
    item.put("label", place.source.empty() ? place.url : label("source", place.source));
    item.put("url", place.url);
    item.put("since_day", day(day_part(place.since)));
  }
}

void Views::other_server(Values& item, const char* name, const std::string& id,
                         const LinkPrefixes& links) const {
  const auto found = model_.hosts.find(id);
  if (Values* other = item.object(name, found != model_.hosts.end())) {
    other->put("id", id);
    other->put("host", found->second);
    other->put("href", links.details + page_file(server_stem(id)));
  }
}

void Views::server_page(Values& item, const ListedServer& listed, const LinkPrefixes& links) const {
  server(item, listed, links);
  item.put("asked_at", listed.asked_at);
  item.put("asked_day", day(day_part(listed.asked_at)));
  item.put("first_seen_day", day(day_part(listed.first_seen)));
  item.put("last_seen_day", day(day_part(listed.last_seen)));
  item.put("proven_day", day(day_part(listed.server.proven_at)));
  item.put("cipher", listed.server.cipher);
  uptime(item, listed.server.uptime);
  if (Values* list = item.list("capabilities"))
    for (const std::string& capability : listed.capabilities) list->add().put("name", capability);
  aliases(item.list("aliases"), listed.server);
  found_on(item.list("found_on"), listed.found_on);
  const auto copies = model_.copies.find(listed.server.id);
  other_server(item, "same_rooms_as", listed.same_rooms_as, links);
  other_server(item, "copy_of", copies == model_.copies.end() ? "" : copies->second.id, links);
}
