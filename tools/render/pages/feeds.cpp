#include "pages/feeds.hpp"

#include <algorithm>

#include "pages/page_kind.hpp"
#include "pages/paths.hpp"

namespace {

std::string host_for_tags(const SiteOptions& options) {
  const std::string host = options.site_host();
  return host.empty() ? "localhost" : host;
}

bool speaks(const Community& community, const std::string& language) {
  return language.empty() ||
         std::any_of(community.languages.begin(), community.languages.end(),
                     [&](const SpokenLanguage& spoken) { return spoken.code == language; });
}

void each(const Views& views, const UsePage& use) {
  const LinkPrefixes links = views.links(0);
  CommunityReader communities{views.model()};
  for (const std::string& language : feed_languages(views.model())) {
    const std::vector<SiteModel::Event> events = feed_events(views.model(), language);
    Page page;
    page.file = feed_file(language, ".atom");
    page.id = language;
    page.is_translated = false;
    page.rows = {"entries", events.size(), kMostEntries, [&](Values& row, std::size_t i) {
                   const Community& community = communities.read_row(events[i].community);
                   const std::string_view word = word_of(events[i].kind);
                   views.community(row, community, links, 0);
                   row.put("entry_id", entry_id(views.options(), events[i], community));
                   row.put("event", word);
                   row.put("label", views.label("event", word));
                   row.put("event_at", rfc3339(events[i].at));
                 }};
    page.fill = [&](Values& scope) {
      const std::string url = views.url_of(page.file);
      scope.put("feed_url", url.empty() ? page.file : url);
      scope.put("feed_id", "tag:" + host_for_tags(views.options()) + ",2026:feed" +
                               (language.empty() ? "" : "/" + language));
      scope.put("feed_updated", rfc3339(events.empty() ? 0 : events.front().at));
      if (language.empty())
        scope.put("language", false);
      else if (Values* item = scope.object("language"))
        views.language(*item, language, links);
    };
    use(page);
  }
}

}  // namespace

std::string_view word_of(SiteModel::Event::Kind kind) {
  switch (kind) {
    case SiteModel::Event::appeared:
      return "new";
    case SiteModel::Event::returned:
      return "returned";
    case SiteModel::Event::gone:
      return "gone";
  }
  return "";
}

std::string feed_file(const std::string& language, const char* extension) {
  return "feed" + (language.empty() ? "" : "-" + language) + extension;
}

std::vector<std::string> feed_languages(const SiteModel& model) {
  std::vector<std::string> languages{""};
  for (const auto& [code, numbers] : model.languages) languages.push_back(code);
  return languages;
}

std::vector<SiteModel::Event> feed_events(const SiteModel& model, const std::string& language) {
  std::vector<SiteModel::Event> events;
  CommunityReader communities{model};
  for (const SiteModel::Event& event : model.events) {
    if (events.size() == kMostEntries) break;
    if (language.empty() || speaks(communities.read_row(event.community), language))
      events.push_back(event);
  }
  return events;
}

std::string entry_id(const SiteOptions& options, const SiteModel::Event& event,
                     const Community& community) {
  return "tag:" + host_for_tags(options) + ",2026:" + std::string{word_of(event.kind)} + "/" +
         community.identifier + "/" + day_of(event.at);
}

// One Atom feed of all languages, and one of each.
extern const PageKind kFeeds;
const PageKind kFeeds{
    "feed.atom",
    {"feed_url", "feed_updated", "feed_id", "entries", "entry_id", "event", "event_at"},
    each};
