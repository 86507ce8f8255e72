#include "views.hpp"

#include <algorithm>

#include "drawing.hpp"
#include "names.hpp"

namespace {

constexpr std::size_t kMostInMenus = 200;  // servers and tags on every page

// Most Communities first, then by name.
std::vector<const Listing::Groups::value_type*> by_size(const Listing::Groups& groups) {
  std::vector<const Listing::Groups::value_type*> sorted;
  for (const auto& group : groups) sorted.push_back(&group);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](auto* a, auto* b) { return a->second.size() > b->second.size(); });
  return sorted;
}

Value aliases_of(const CardServer& server) {
  Value list = empty_list();
  for (const CardAlias& alias : server.aliases) {
    Value item;
    put(item, "base_url", alias.base_url);
    put(item, "proven_day", day_part(alias.proven_at));
    list << item;
  }
  return list;
}

void put_key_state(Value& value, const CardServer& server) {
  for (const char* state : {"proven", "refuted", "legacy"})
    put(value, state, server.key_status == state);
  put(value, "unproven",
      server.key_status != "proven" && server.key_status != "refuted" &&
          server.key_status != "legacy");
}

}  // namespace

std::string day_part(std::string_view time) { return std::string{time.substr(0, 10)}; }

std::string SiteWishes::site_host() const {
  const auto begin = site_url.find("://");
  if (begin == std::string::npos) return {};
  const std::string rest = site_url.substr(begin + 3);
  return rest.substr(0, rest.find_first_of("/:"));
}

Views::Views(const Site& site, const SiteLanguage& language, const Listing& listing,
             const Knowledge& knowledge, const SiteWishes& wishes)
    : site_{site}, language_{language}, listing_{listing}, knowledge_{knowledge}, wishes_{wishes} {}

bool Views::has_communities() const {
  return is_default() ||
         listing_.communities.size() + listing_.adult.size() <= wishes_.translate_up_to;
}

Look Views::look(int depth) const {
  Look look;
  for (int i = 0; i < depth; ++i) look.home += "../";
  look.root = look.home + (is_default() ? "" : "../");
  look.community = has_communities() ? look.home : look.root;
  return look;
}

std::string Views::path_of(const std::string& file) const {
  return is_default() ? file : language_.code + "/" + file;
}

std::string Views::url_of(const std::string& path) const {
  if (wishes_.site_url.empty()) return {};
  std::string_view shown = path;
  if (shown == "index.html" || shown.ends_with("/index.html")) shown.remove_suffix(10);
  return wishes_.site_url + "/" + std::string{shown};
}

Value Views::site_scope(const Look& look) const {
  Value scope;
  put(scope, "root", look.root);
  put(scope, "home", look.home);
  put(scope, "site_url", wishes_.site_url);
  put(scope, "site_host", wishes_.site_host());
  put(scope, "contact", wishes_.contact);
  put(scope, "contact_text",
      wishes_.contact.starts_with("mailto:") ? wishes_.contact.substr(7) : wishes_.contact);
  put(scope, "lang", language_.code);
  put(scope, "dir", language_.direction);
  const std::string generated = rfc3339(listing_.generated_at);
  put(scope, "generated_at", generated);
  put(scope, "generated_day", day_part(generated));
  put(scope, "generated_text", day_part(generated) + " " + generated.substr(11, 5) + " UTC");
  put(scope, "stale_after", rfc3339(listing_.generated_at + wishes_.stale_hours * 3600));

  Value assets;
  for (const auto& [name, path] : site_.assets()) put(assets, name.c_str(), look.root + path);
  put(scope, "assets", std::move(assets));

  const auto number = [](auto count) { return static_cast<std::int64_t>(count); };
  Value count;
  put(count, "communities", number(listing_.communities.size()));
  put(count, "adult", number(listing_.adult.size()));
  put(count, "servers", number(listing_.servers.size()));
  put(count, "servers_up", listing_.servers_up);
  put(count, "proven", listing_.proven);
  put(count, "new", listing_.is_new);
  put(count, "languages", number(listing_.languages.size()));
  put(count, "tags", number(listing_.tags.size()));
  put(count, "weekly_users", listing_.weekly_users);
  put(count, "hidden", listing_.hidden);
  put(scope, "count", std::move(count));

  Value languages = empty_list();
  for (const auto* group : by_size(listing_.languages))
    languages << language_item(group->first, group->second.size(), look);
  put(scope, "languages", std::move(languages));

  Value tags = empty_list();
  const auto by_count = by_size(listing_.tags);
  for (std::size_t i = 0; i < std::min(kMostInMenus, by_count.size()); ++i)
    tags << tag_item(by_count[i]->first, by_count[i]->second.size(), look);
  put(scope, "tags", std::move(tags));

  Value servers = empty_list();
  for (std::size_t i = 0; i < std::min(kMostInMenus, listing_.servers.size()); ++i)
    servers << server_item(listing_.server(listing_.servers[i]), look);
  put(scope, "servers", std::move(servers));
  return scope;
}

Value Views::page_scope(const Look& look, const std::string& file, bool only_here) const {
  Value scope;
  const std::string path = path_of(file);
  put(scope, "path", path);
  put(scope, "canonical", url_of(path));
  Value translations = empty_list();
  for (const SiteLanguage& other : site_.languages()) {
    if (only_here && &other != &language_) continue;
    const std::string there = &other == &site_.languages().front() ? file : other.code + "/" + file;
    Value item;
    put(item, "lang", other.code);
    put(item, "dir", other.direction);
    put(item, "name", other.name);
    put(item, "href", look.root + there);
    put(item, "url", url_of(there));
    put(item, "current", &other == &language_);
    translations << item;
  }
  put(scope, "translations", std::move(translations));
  return scope;
}

Value Views::language_item(const std::string& code, std::size_t count, const Look& look) const {
  const LanguageName* known = knowledge_.language(code);
  Value item;
  put(item, "code", code);
  put(item, "name", known ? known->name : code);
  put(item, "english", known ? known->english : code);
  put(item, "flag", known ? known->flag : std::nullopt);
  put(item, "count", static_cast<std::int64_t>(count));
  put(item, "href",
      listing_.languages.contains(code) ? look.home + page_file(language_stem(code), 1)
                                        : std::string{});
  put(item, "feed_atom", look.root + "feed-" + code + ".atom");
  put(item, "feed_json", look.root + "feed-" + code + ".json");
  put(item, "current", false);
  return item;
}

Value Views::tag_item(const std::string& tag, std::size_t count, const Look& look) const {
  Value item;
  put(item, "tag", tag);
  put(item, "count", static_cast<std::int64_t>(count));
  put(item, "href",
      listing_.tags.contains(tag) ? look.home + page_file(tag_stem(tag), 1) : std::string{});
  return item;
}

Value Views::server(const CardServer& server, const Look& look) const {
  Value value;
  put(value, "id", server.id);
  put(value, "host", host_of(server.base_url));
  put(value, "base_url", server.base_url);
  put(value, "public_key", server.public_key);
  put(value, "href", look.home + page_file(server_stem(server.id), 1));
  put(value, "mark_svg", mark_svg(server.public_key));
  put(value, "https", server.base_url.starts_with("https://"));
  put_key_state(value, server);
  return value;
}

Value Views::server_item(const ServerCard& card, const Look& look) const {
  Value item = server(card.server, look);
  put(item, "count", card.count);
  put(item, "adult_count", card.adult_count);
  put(item, "not_seen_since", day_part(card.not_seen_since));
  put(item, "outcome", card.outcome);
  put(item, "label", label("outcome", card.outcome));
  return item;
}

Value Views::found_on(const std::vector<CardPlace>& places) const {
  Value list = empty_list();
  for (const CardPlace& place : places) {
    Value item;
    put(item, "source", place.source);
    put(item, "label", place.source.empty() ? place.url : label("source", place.source));
    put(item, "url", place.url);
    put(item, "since_day", day_part(place.since));
    list << item;
  }
  return list;
}

Value Views::server_page(const ServerCard& card, const Look& look) const {
  Value value = server_item(card, look);
  put(value, "asked_at", card.asked_at);
  put(value, "asked_day", day_part(card.asked_at));
  put(value, "first_seen_day", day_part(card.first_seen));
  put(value, "last_seen_day", day_part(card.last_seen));
  put(value, "proven_day", day_part(card.server.proven_at));
  put(value, "cipher", card.server.cipher);
  put(value, "uptime_7", card.server.uptime.week);
  put(value, "uptime_30", card.server.uptime.month);
  Value capabilities = empty_list();
  for (const std::string& capability : card.capabilities) {
    Value item;
    put(item, "name", capability);
    capabilities << item;
  }
  put(value, "capabilities", std::move(capabilities));
  put(value, "aliases", aliases_of(card.server));
  put(value, "found_on", found_on(card.found_on));
  const auto original = listing_.hosts.find(card.copy_of);
  if (original != listing_.hosts.end()) {
    Value copy;
    put(copy, "id", original->first);
    put(copy, "host", original->second);
    put(copy, "href", look.home + page_file(server_stem(original->first), 1));
    put(value, "copy_of", std::move(copy));
  } else {
    put(value, "copy_of", false);
  }
  return value;
}

void Views::community(Value& row, const Card& card, const Look& look, std::size_t rank) const {
  put(row, "identifier", card.identifier);
  put(row, "token", card.token);
  put(row, "name", card.name);
  put(row, "description", card.description);
  put(row, "lang", card.languages.empty() ? std::string{} : card.languages[0].code);
  const std::string file = community_file(card.identifier);
  if (card.gone) {
    put(row, "page", false);
    put(row, "page_url", false);
  } else {
    put(row, "page", look.community + file);
    put(row, "page_url", url_of(has_communities() ? path_of(file) : file));
  }
  put(row, "join_url", card.join_url);
  put(row, "preview_url", card.preview_url);
  put(row, "qr", look.root + qr_file(card.identifier));
  put(row, "badge", look.root + badge_file(card.identifier));
  put(row, "badge_url", url_of(badge_file(card.identifier)));
  put(row, "weekly_users", card.weekly_users);
  put(row, "active_users", card.active_users);
  if (card.active_users_cutoff && *card.active_users_cutoff > 0)
    put(row, "active_days", std::max<std::int64_t>(1, (*card.active_users_cutoff + 43200) / 86400));
  else
    put(row, "active_days", false);
  put(row, "staff_count", card.staff_count);

  Value languages = empty_list();
  for (const CardLanguage& spoken : card.languages) {
    Value item = language_item(spoken.code, 0, look);
    put(item, "count", false);
    put(item, "by_owner", spoken.origin == Origin::owner);
    put(item, "by_curator", spoken.origin == Origin::curator);
    put(item, "by_source", spoken.origin == Origin::source);
    put(item, "detected", spoken.origin == Origin::detected);
    languages << item;
  }
  put(row, "languages", std::move(languages));
  Value tags = empty_list();
  for (const std::string& tag : card.tags) {
    Value item = tag_item(tag, 0, look);
    put(item, "count", false);
    tags << item;
  }
  put(row, "tags", std::move(tags));
  put(row, "server", server(card.server, look));

  put(row, "pinned", card.pinned);
  put(row, "official", card.official);
  put(row, "new", card.is_new);
  put(row, "returned", !card.returned.empty());
  put(row, "read_only", card.read_only);
  put(row, "no_uploads", card.no_uploads);
  put(row, "adult", card.adult);
  put(row, "test", card.test);
  put(row, "staffed", card.staffed);
  put(row, "not_joinable", card.not_joinable);
  put(row, "not_joinable_reason", card.not_joinable_reason);
  put(row, "not_seen_since", day_part(card.not_seen_since));
  put(row, "created_day", card.created ? day_of(*card.created) : std::string{});
  put(row, "first_seen", card.first_seen);
  put(row, "first_seen_day", day_part(card.first_seen));
  put(row, "last_seen", card.last_seen);
  put(row, "last_seen_day", day_part(card.last_seen));
  put(row, "returned_day", day_part(card.returned));
  if (rank > 0)
    put(row, "rank", static_cast<std::int64_t>(rank));
  else
    put(row, "rank", false);
}

void Views::community_page(Value& row, const Card& card, const Look&) const {
  put(row, "found_on", found_on(card.found_on));
  put(row, "aliases", aliases_of(card.server));
  Value older = empty_list();
  for (const std::string& identifier : card.older) {
    Value item;
    put(item, "identifier", identifier);
    older << item;
  }
  put(row, "older", std::move(older));
  put(row, "proven_day", day_part(card.server.proven_at));
  put(row, "cipher", card.server.cipher);
  put(row, "uptime_7", card.server.uptime.week);
  put(row, "uptime_30", card.server.uptime.month);

  Value users = empty_list();
  std::vector<ChartPoint> points;
  for (const CardUsers& day : card.users) {
    const auto at = parse_rfc3339(day.day + "T00:00:00Z");
    if (!at || day.weekly < 0) continue;
    points.push_back({*at, day.weekly});
    Value item;
    put(item, "day", day.day);
    put(item, "weekly", day.weekly);
    users << item;
  }
  put(row, "users", std::move(users));
  put(row, "users_svg", chart_svg(points));
  for (const char* name : {"users_least", "users_most", "users_first_day", "users_last_day"})
    put(row, name, false);
  if (!points.empty()) {
    const auto less = [](const ChartPoint& a, const ChartPoint& b) { return a.value < b.value; };
    put(row, "users_least", std::min_element(points.begin(), points.end(), less)->value);
    put(row, "users_most", std::max_element(points.begin(), points.end(), less)->value);
    put(row, "users_first_day", day_of(points.front().at));
    put(row, "users_last_day", day_of(points.back().at));
  }
}
