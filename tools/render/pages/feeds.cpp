#include "pages/feeds.hpp"

#include <algorithm>
#include <set>

#include "base/budget.hpp"
#include "pages/page_kind.hpp"
#include "pages/paths.hpp"

namespace {

// The most entries of one domain in a feed, as long as there are others; then of one server.
constexpr std::size_t kFirstEntries = 20, kMostOfFirst = 3, kMostOfAll = 10;

std::string host_for_tags(const SiteOptions& options) {
  const std::string host = options.site_host();
  return host.empty() ? "localhost" : host;
}

// Of all, of a language, or of a topic: "", "de", "topic-linux".
bool is_about(const Community& community, const std::string& subject) {
  return subject.empty() ||
         std::any_of(community.languages.begin(), community.languages.end(),
                     [&](const SpokenLanguage& spoken) { return spoken.code == subject; }) ||
         std::any_of(community.topics.begin(), community.topics.end(),
                     [&](const Topic& topic) { return topic_stem(topic.id) == subject; });
}

struct Choice {
  std::vector<SiteModel::Event> events, left_out;
  std::set<std::uint32_t> holders;
};

// Of the events about the subject, those for its feed: no holder has more than its share.
Choice choose(const SiteModel& model, const std::string& subject,
              std::uint32_t Holders::*holder_of) {
  Choice choice;
  Budget<std::uint32_t> of_first{kMostOfFirst}, of_all{kMostOfAll};
  CommunityReader communities{model};
  for (const SiteModel::Event& event : model.events) {
    if (choice.events.size() == kMostEntries) break;
    if (!event.in_feeds) continue;
    const Community& community = communities.read_row(event.community);
    if (!community.copy_of.empty() || (!subject.empty() && !is_about(community, subject))) continue;
    const std::uint32_t holder = event.holders.*holder_of;
    choice.holders.insert(holder);
    if (of_all.has(holder) && (choice.events.size() >= kFirstEntries || of_first.take(holder))) {
      of_all.take(holder);
      choice.events.push_back(event);
    } else if (choice.left_out.size() < kMostEntries) {
      choice.left_out.push_back(event);
    }
  }
  return choice;
}

void each(const Views& views, const UsePage& use) {
  const LinkPrefixes links = views.links(0);
  CommunityReader communities{views.model()};
  for (const std::string& subject : feed_subjects(views.model())) {
    const std::vector<SiteModel::Event> events = feed_events(views.model(), subject);
    SitePage page;
    page.file = feed_file(subject, ".atom");
    page.id = subject;
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
                               (subject.empty() ? "" : "/" + subject));
      scope.put("feed_updated", rfc3339(events.empty() ? 0 : events.front().at));
      const std::string topic = topic_of(subject);
      if (Values* item = scope.object("topic", !topic.empty())) views.topic(*item, topic, links);
      if (Values* item = scope.object("language", !subject.empty() && topic.empty()))
        views.language(*item, subject, links);
    };
    use(page);
  }
}

}  // namespace

std::string feed_file(const std::string& subject, const char* extension) {
  return "feed" + (subject.empty() ? "" : "-" + subject) + extension;
}

std::string topic_of(const std::string& subject) {
  const std::string stem = topic_stem("");
  return subject.starts_with(stem) ? subject.substr(stem.size()) : "";
}

std::vector<std::string> feed_subjects(const SiteModel& model) {
  std::vector<std::string> subjects{""};
  for (const auto& [code, numbers] : model.languages) subjects.push_back(code);
  for (const auto& [id, numbers] : model.topics) subjects.push_back(topic_stem(id));
  return subjects;
}

std::vector<SiteModel::Event> feed_events(const SiteModel& model, const std::string& subject) {
  Choice choice = choose(model, subject, &Holders::domain);
  if (choice.holders.size() <= 1) choice = choose(model, subject, &Holders::server);
  std::vector<SiteModel::Event> events = std::move(choice.events);
  if (choice.holders.size() <= 1) {
    events.insert(events.end(), choice.left_out.begin(), choice.left_out.end());
    if (events.size() > kMostEntries) events.resize(kMostEntries);
  }
  return events;
}

std::string entry_id(const SiteOptions& options, const SiteModel::Event& event,
                     const Community& community) {
  return "tag:" + host_for_tags(options) + ",2026:" + std::string{word_of(event.kind)} + "/" +
         community.identifier + "/" + day_of(event.at);
}

// One Atom feed of all, and one of each language and topic.
extern const PageKind kFeeds;
const PageKind kFeeds{
    "feed.atom",
    {"feed_url", "feed_updated", "feed_id", "entries", "entry_id", "event", "event_at"},
    each};
