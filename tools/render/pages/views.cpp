#include "pages/views.hpp"

#include <algorithm>

#include "pages/plural.hpp"
#include "record/identifier.hpp"

namespace {

constexpr std::size_t kMostInMenus = 200;  // servers and tags on every page
constexpr std::size_t kTopTopics = 6;      // one row of chips

}  // namespace

std::vector<const SiteModel::Groups::value_type*> by_size(const SiteModel::Groups& groups) {
  std::vector<const SiteModel::Groups::value_type*> sorted;
  for (const auto& group : groups) sorted.push_back(&group);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](auto* a, auto* b) { return a->second.size() > b->second.size(); });
  return sorted;
}

std::string SiteOptions::site_host() const {
  const std::string_view host_and_path = host_port_of(site_url);
  return std::string{host_and_path.substr(0, host_and_path.find_first_of("/:"))};
}

std::string SiteOptions::site_path() const {
  const std::string_view host_and_path = host_port_of(site_url);
  return std::string{host_and_path.substr(std::min(host_and_path.find('/'), host_and_path.size()))};
}

std::string SiteOptions::licence_url() const {
  return "https://spdx.org/licenses/" + licence + ".html";
}

Views::Views(const Site& site, const SiteLanguage& language, const SiteModel& model,
             const Knowledge& knowledge, const SiteOptions& options, const std::vector<Run>& runs,
             const FileSizes& sizes)
    : site_{site},
      language_{language},
      model_{model},
      knowledge_{knowledge},
      options_{options},
      runs_{runs},
      sizes_{sizes} {}

Views Views::in(const SiteLanguage& other) const {
  return {site_, other, model_, knowledge_, options_, runs_, sizes_};
}

bool Views::are_translated() const {
  return model_.communities.size() + model_.adult.size() <= options_.translate_up_to;
}

bool Views::has_details() const { return is_default() || are_translated(); }

LinkPrefixes Views::links(int depth) const {
  LinkPrefixes links;
  for (int i = 0; i < depth; ++i) links.home += "../";
  links.root = links.home + (is_default() ? "" : "../");
  links.details = has_details() ? links.home : links.root;
  return links;
}

LinkPrefixes Views::links_from_host() const {
  LinkPrefixes links;
  links.root = options_.site_path() + "/";
  links.home = links.root + (is_default() ? "" : language_.code + "/");
  links.details = has_details() ? links.home : links.root;
  return links;
}

std::string Views::path_of(const std::string& file) const {
  return is_default() ? file : language_.code + "/" + file;
}

std::string Views::url_of(const std::string& path) const {
  if (options_.site_url.empty()) return {};
  std::string_view shown = path;
  if (shown == "index.html" || shown.ends_with("/index.html")) shown.remove_suffix(10);
  return options_.site_url + "/" + std::string{shown};
}

void Views::site(Values& scope, const LinkPrefixes& links) const {
  scope.start();
  scope.put("root", links.root);
  scope.put("home", links.home);
  scope.put("site_url", options_.site_url);
  scope.put("site_host", options_.site_host());
  scope.put("contact", options_.contact);
  scope.put("contact_text", options_.contact.starts_with("mailto:") ? options_.contact.substr(7)
                                                                    : options_.contact);
  scope.put("lang", language_.code);
  scope.put("dir", language_.direction);
  const std::string generated = rfc3339(model_.generated_at);
  scope.put("generated_at", generated);
  scope.put("generated_day", day(day_part(generated)));
  scope.put("generated_text",
            day(day_of(model_.generated_at) + " " + generated.substr(11, 5) + " UTC"));
  scope.put("stale_after", rfc3339(model_.generated_at + options_.stale_hours * 3600));

  Values& assets = *scope.object("assets");
  for (const auto& [name, path] : site_.assets()) assets.put(name.c_str(), links.root + path);

  Values& count = *scope.object("count");
  const auto put_count = [&](const char* name, auto many) { count.put(name, number(many)); };
  std::int64_t known = 0, answered = 0;
  for (const auto& [outcome, servers] : model_.outcomes) {
    known += servers;
    if (outcome == ProbeOutcome::ok) answered += servers;
  }
  put_count("communities", model_.originals);
  put_count("adult", model_.adult.size());
  put_count("servers", model_.servers.size());
  put_count("servers_up", model_.servers_up);
  put_count("answered", answered);
  put_count("known", known);
  put_count("silent", model_.silent.size());
  put_count("never_answered", model_.never_answered);
  put_count("proven", model_.proven);
  put_count("new", model_.is_new);
  put_count("languages", model_.languages.size());
  put_count("tags", model_.tags.size());
  put_count("weekly_users", model_.weekly_users);
  put_count("hidden", model_.hidden);
  count.put("servers_text", counted("servers", model_.servers.size()));

  languages(scope, links, "");
  Values& topics = *scope.list("topics");
  const auto by_topic = by_size(model_.topics);
  for (const auto* group : by_topic) topic(topics.add(), group->first, links);
  if (Values* top = scope.list("top_topics"))
    for (std::size_t i = 0; i < std::min(kTopTopics, by_topic.size()); ++i)
      topic(top->add(), by_topic[i]->first, links);
  scope.put("has_languages", !model_.languages.empty());
  scope.put("has_tags", !model_.tags.empty());
  scope.put("has_adult", !model_.adult.empty());
  Values& tags = *scope.list("tags");
  const auto by_count = by_size(model_.tags);
  for (std::size_t i = 0; i < std::min(kMostInMenus, by_count.size()); ++i)
    tag(tags.add(), by_count[i]->first, links);
  Values& servers = *scope.list("servers");
  for (std::size_t i = 0; i < std::min(kMostInMenus, model_.servers.size()); ++i)
    server(servers.add(), model_.server(model_.servers[i]), links);
}

void Views::languages(Values& scope, const LinkPrefixes& links, const std::string& current) const {
  if (Values* list = scope.list("languages"))
    for (const auto* group : by_size(model_.languages))
      language(list->add(), group->first, links, group->first == current);
}

void Views::page(Values& scope, const LinkPrefixes& links, const std::string& file,
                 bool only_here) const {
  const std::string path = path_of(file);
  scope.put("path", path);
  scope.put("canonical", url_of(path));
  Values* alternates = scope.list("alternates");
  if (!alternates) return;
  for (const SiteLanguage& other : site_.languages()) {
    if (only_here && &other != &language_) continue;
    const std::string there = &other == &site_.languages().front() ? file : other.code + "/" + file;
    Values& item = alternates->add();
    item.put("lang", other.code);
    item.put("dir", other.direction);
    item.put("name", other.name);
    item.put("href", links.root + there);
    item.put("url", url_of(there));
    item.put("hint", Site::label(other, "hint", "language"));
    item.put("current", &other == &language_);
  }
}

std::string Views::day(std::string_view day) const {
  constexpr std::string_view kIsolate = "\u2066", kEnd = "\u2069";  // as <bdi dir="ltr"> does
  if (day.empty() || language_.direction != "rtl") return std::string{day};
  return std::string{kIsolate}.append(day).append(kEnd);
}

std::string Views::number(std::int64_t number) const {
  std::string text = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = text.size(); at > first + 3;) text.insert(at -= 3, language_.thousands);
  return text;
}

std::string Views::counted(std::string_view name, std::optional<std::int64_t> count) const {
  const std::string* forms =
      count ? language_.translations.find("plural_" + std::string{name}) : nullptr;
  return forms ? ::counted(*forms, language_.code, *count, number(*count)) : std::string{};
}

std::optional<std::string> Views::number(const std::optional<std::int64_t>& number) const {
  return number ? std::optional{this->number(*number)} : std::nullopt;
}
