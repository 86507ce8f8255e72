#include "pages/views.hpp"

#include <algorithm>

#include "model/facts.hpp"
#include "pages/drawing.hpp"
#include "pages/names.hpp"

namespace {

constexpr std::size_t kMostInMenus = 200;  // servers and tags on every page
constexpr std::int64_t kRecentDays = 28;   // so long is a Community called returned

void aliases_of(Item* list, const CardServer& server) {
  if (!list) return;
  for (const CardAlias& alias : server.aliases) {
    Item& item = list->add();
    item.put("base_url", alias.base_url);
    item.put("proven_day", day_part(alias.proven_at));
  }
}

std::size_t size_of(const Listing::Groups& groups, const std::string& name) {
  const auto found = groups.find(name);
  return found == groups.end() ? 0 : found->second.size();
}

}  // namespace

std::vector<const Listing::Groups::value_type*> by_size(const Listing::Groups& groups) {
  std::vector<const Listing::Groups::value_type*> sorted;
  for (const auto& group : groups) sorted.push_back(&group);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](auto* a, auto* b) { return a->second.size() > b->second.size(); });
  return sorted;
}

std::string_view day_part(std::string_view time) { return time.substr(0, 10); }

std::string SiteWishes::site_host() const {
  const auto begin = site_url.find("://");
  if (begin == std::string::npos) return {};
  const std::string rest = site_url.substr(begin + 3);
  return rest.substr(0, rest.find_first_of("/:"));
}

std::string SiteWishes::site_path() const {
  const auto begin = site_url.find("://");
  const auto slash = begin == std::string::npos ? begin : site_url.find('/', begin + 3);
  return slash == std::string::npos ? "" : site_url.substr(slash);
}

Views::Views(const Site& site, const SiteLanguage& language, const Listing& listing,
             const Knowledge& knowledge, const SiteWishes& wishes)
    : site_{site}, language_{language}, listing_{listing}, knowledge_{knowledge}, wishes_{wishes} {}

bool Views::are_translated() const {
  return listing_.communities.size() + listing_.adult.size() <= wishes_.translate_up_to;
}

bool Views::has_communities() const { return is_default() || are_translated(); }

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
  put(scope, "generated_text", generated.substr(0, 10) + " " + generated.substr(11, 5) + " UTC");
  put(scope, "stale_after", rfc3339(listing_.generated_at + wishes_.stale_hours * 3600));

  Value assets;
  for (const auto& [name, path] : site_.assets()) put(assets, name.c_str(), look.root + path);
  put(scope, "assets", std::move(assets));

  Value count;
  const auto put_count = [&](const char* name, auto many) {
    put(count, name, number(static_cast<std::int64_t>(many)));
  };
  const auto known = [&](std::string_view outcome) {  // servers; "": of any
    std::int64_t many = 0;
    for (const auto& [word, servers] : listing_.outcomes)
      if (outcome.empty() || word == outcome) many += servers;
    return many;
  };
  put_count("communities", listing_.communities.size());
  put_count("adult", listing_.adult.size());
  put_count("servers", listing_.servers.size());
  put_count("servers_up", listing_.servers_up);
  put_count("answered", known("ok"));
  put_count("known", known(""));
  put_count("silent", listing_.silent.size());
  put_count("proven", listing_.proven);
  put_count("new", listing_.is_new);
  put_count("languages", listing_.languages.size());
  put_count("tags", listing_.tags.size());
  put_count("weekly_users", listing_.weekly_users);
  put_count("hidden", listing_.hidden);
  put(scope, "count", std::move(count));

  Value languages = empty_list();
  for (const auto* group : by_size(listing_.languages)) {
    append(languages, item_of([&](Item& item) { language(item, group->first, look); }));
  }
  put(scope, "languages", std::move(languages));

  Value tags = empty_list();
  const auto by_count = by_size(listing_.tags);
  for (std::size_t i = 0; i < std::min(kMostInMenus, by_count.size()); ++i) {
    append(tags, item_of([&](Item& item) { tag(item, by_count[i]->first, look); }));
  }
  put(scope, "tags", std::move(tags));

  Value servers = empty_list();
  for (std::size_t i = 0; i < std::min(kMostInMenus, listing_.servers.size()); ++i) {
    append(servers,
           item_of([&](Item& item) { server(item, listing_.server(listing_.servers[i]), look); }));
  }
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
    append(translations, std::move(item));
  }
  put(scope, "translations", std::move(translations));
  return scope;
}

std::string Views::number(std::int64_t number) const {
  std::string text = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = text.size(); at > first + 3;) text.insert(at -= 3, language_.thousands);
  return text;
}

std::optional<std::string> Views::number(const std::optional<std::int64_t>& number) const {
  return number ? std::optional{this->number(*number)} : std::nullopt;
}

std::size_t Views::count_of_language(const std::string& code) const {
  return size_of(listing_.languages, code);
}
std::size_t Views::count_of_tag(const std::string& tag) const {
  return size_of(listing_.tags, tag);
}

void Views::language(Item& item, const std::string& code, const Look& look) const {
  const LanguageName* known = knowledge_.language(code);
  const std::size_t count = count_of_language(code);
  item.put("code", code);
  item.put("name", known ? known->name : code);
  item.put("english", known ? known->english : code);
  item.put("flag", known ? known->flag : std::nullopt);
  item.put("count", number(static_cast<std::int64_t>(count)));
  item.put("href", count > 0 ? look.home + page_file(language_stem(code), 1) : std::string{});
  item.put("feed_atom", count > 0 ? look.root + "feed-" + code + ".atom" : std::string{});
  item.put("feed_json", count > 0 ? look.root + "feed-" + code + ".json" : std::string{});
  item.put("current", false);
}

void Views::tag(Item& item, const std::string& tag, const Look& look) const {
  const std::size_t count = count_of_tag(tag);
  item.put("tag", tag);
  item.put("count", number(static_cast<std::int64_t>(count)));
  item.put("href", count > 0 ? look.home + page_file(tag_stem(tag), 1) : std::string{});
}

void Views::server_of(Item& item, const CardServer& server, const Look& look, bool has_page) const {
  const std::string& state = server.key_status;
  item.put("id", server.id);
  item.put("host", host_of(server.base_url));
  item.put("base_url", server.base_url);
  item.put("public_key", server.public_key);
  item.put("href", has_page ? look.home + page_file(server_stem(server.id), 1) : std::string{});
  item.put("mark_svg", item.wants("mark_svg") ? mark_svg(server.public_key) : std::string{});
  item.put("https", server.base_url.starts_with("https://"));
  item.put("proven", state == "proven");
  item.put("refuted", state == "refuted");
  item.put("legacy", state == "legacy");
  item.put("unproven", state != "proven" && state != "refuted" && state != "legacy");
}

void Views::server(Item& item, const ServerCard& card, const Look& look) const {
  server_of(item, card.server, look, listing_.hosts.contains(card.server.id));
  item.put("count", number(card.count));
  if (card.adult_count > 0) item.put("adult_count", number(card.adult_count));
  item.put("not_seen_since", day_part(card.not_seen_since));
  item.put("outcome", card.outcome);
  item.put("label", label("outcome", card.outcome));
}

// No figure speaks of more days than there were.
void Views::uptime(Item& item, const Uptime& uptime) const {
  constexpr std::int64_t kDay = 86400;
  const std::int64_t measured = uptime.since ? listing_.generated_at - *uptime.since : 0;
  const auto week = measured >= kDay ? uptime.week : std::nullopt;
  const auto month = measured >= 7 * kDay ? uptime.month : std::nullopt;
  item.put("measured", week || month);
  item.put("uptime_7", week);
  item.put("uptime_30", month);
  item.put("measured_day", measured < 29 * kDay ? day_of(uptime.since.value_or(0)) : std::string{});
}

void Views::found_on(Item* list, const std::vector<CardPlace>& places) const {
  if (!list) return;
  for (const CardPlace& place : places) {
    Item& item = list->add();
    item.put("source", place.source);
    item.put("label", place.source.empty() ? place.url : label("source", place.source));
    item.put("url", place.url);
    item.put("since_day", day_part(place.since));
  }
}

void Views::server_page(Item& item, const ServerCard& card, const Look& look) const {
  server(item, card, look);
  item.put("asked_at", card.asked_at);
  item.put("asked_day", day_part(card.asked_at));
  item.put("first_seen_day", day_part(card.first_seen));
  item.put("last_seen_day", day_part(card.last_seen));
  item.put("proven_day", day_part(card.server.proven_at));
  item.put("cipher", card.server.cipher);
  uptime(item, card.server.uptime);
  if (Item* list = item.list("capabilities"))
    for (const std::string& capability : card.capabilities) list->add().put("name", capability);
  aliases_of(item.list("aliases"), card.server);
  found_on(item.list("found_on"), card.found_on);
  const auto original = listing_.hosts.find(card.copy_of);
  if (original == listing_.hosts.end()) {
    item.put("copy_of", false);
  } else if (Item* copy = item.object("copy_of")) {
    copy->put("id", original->first);
    copy->put("host", original->second);
    copy->put("href", look.home + page_file(server_stem(original->first), 1));
  }
}

void Views::community(Item& row, const Card& card, const Look& look, std::size_t rank) const {
  row.put("identifier", card.identifier);
  row.put("token", card.token);
  row.put("name", card.name);
  row.put("description", card.description);
  row.put("lang", card.languages.empty() ? std::string_view{} : card.languages[0].code);
  const std::string file = community_file(card.identifier);
  row.put("page", card.gone ? std::string{} : look.community + file);
  row.put("page_url", card.gone || !row.wants("page_url")
                          ? std::string{}
                          : url_of(has_communities() ? path_of(file) : file));
  row.put("join_url", card.join_url);
  row.put("preview_url", card.preview_url);
  row.put("qr", row.wants("qr") ? look.root + qr_file(card.identifier) : std::string{});
  row.put("badge", row.wants("badge") ? look.root + badge_file(card.identifier) : std::string{});
  row.put("badge_url",
          row.wants("badge_url") ? url_of(badge_file(card.identifier)) : std::string{});
  row.put("weekly_users", number(card.weekly_users));
  row.put("active_users", number(card.active_users));
  const std::int64_t cutoff = card.active_users_cutoff.value_or(0);
  row.put("active_days", cutoff > 0
                             ? std::optional{std::max<std::int64_t>(1, (cutoff + 43200) / 86400)}
                             : std::nullopt);
  row.put("staff_count", number(card.staff_count));

  if (Item* languages = row.list("languages"))
    for (const CardLanguage& spoken : card.languages) {
      Item& item = languages->add();
      language(item, spoken.code, look);
      item.put("by_owner", spoken.origin == Origin::owner);
      item.put("by_curator", spoken.origin == Origin::curator);
      item.put("by_source", spoken.origin == Origin::source);
      item.put("detected", spoken.origin == Origin::detected);
    }
  if (Item* tags = row.list("tags"))
    for (const std::string& text : card.tags) tag(tags->add(), text, look);
  std::string tag_line;
  if (row.wants("tag_line"))
    for (const std::string& text : card.tags) tag_line += (tag_line.empty() ? "#" : " #") + text;
  row.put("tag_line", tag_line);
  if (Item* server = row.object("server")) server_of(*server, card.server, look);

  row.put("pinned", card.pinned);
  row.put("official", card.official);
  row.put("new", card.is_new);
  row.put("returned", is_recent(card.returned));
  row.put("read_only", card.read_only);
  row.put("no_uploads", card.no_uploads);
  row.put("adult", card.adult);
  row.put("test", card.test);
  row.put("staffed", card.staffed);
  row.put("not_joinable", card.not_joinable);
  row.put("not_joinable_reason", card.not_joinable_reason);
  const std::string_view why_not = unjoinable_word(card.not_joinable_reason);
  row.put("not_joinable_text", why_not.empty() ? std::string{} : label("unjoinable", why_not));
  row.put("not_seen_since", day_part(card.not_seen_since));
  row.put("created_day",
          card.created && row.wants("created_day") ? day_of(*card.created) : std::string{});
  row.put("first_seen", card.first_seen);
  row.put("first_seen_day", day_part(card.first_seen));
  row.put("last_seen", card.last_seen);
  row.put("last_seen_day", day_part(card.last_seen));
  row.put("returned_day", day_part(card.returned));
  row.put("rank", rank > 0 ? std::optional{static_cast<std::int64_t>(rank)} : std::nullopt);
}

bool Views::is_recent(const std::string& time) const {
  const auto at = time.empty() ? std::nullopt : parse_rfc3339(time);
  return at && *at > listing_.generated_at - kRecentDays * 86400;
}

void Views::community_page(Item& row, const Card& card) const {
  found_on(row.list("found_on"), card.found_on);
  aliases_of(row.list("aliases"), card.server);
  if (Item* older = row.list("older"))
    for (const std::string& identifier : card.older) older->add().put("identifier", identifier);
  row.put("proven_day", day_part(card.server.proven_at));
  row.put("cipher", card.server.cipher);
  uptime(row, card.server.uptime);

  std::vector<ChartPoint> points;
  Item* users = row.list("users");
  for (const CardUsers& day : card.users) {
    const auto at = parse_rfc3339(day.day + "T00:00:00Z");
    if (!at || day.weekly < 0) continue;
    points.push_back({*at, day.weekly});
    if (!users) continue;
    Item& item = users->add();
    item.put("day", day.day);
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
  row.put("users_first_day", some([&] { return day_of(points.front().at); }));
  row.put("users_last_day", some([&] { return day_of(points.back().at); }));
}
