#include "data/json_feeds.hpp"

#include "ndjson/json.hpp"
#include "pages/feeds.hpp"
#include "pages/paths.hpp"

namespace {

std::string title_of(const Views& views, const std::string& subject) {
  const std::string* title = views.language().translations.find("feed_title");
  std::string text = title ? *title : *views.language().translations.find("site_name");
  if (const LanguageName* name = views.knowledge().language(subject)) text += ": " + name->name;
  if (const std::string topic = topic_of(subject); !topic.empty())
    text += ": " + views.topic_name(topic);
  return text;
}

std::string page_of(const std::string& subject) {
  if (subject.empty()) return "index.html";
  return page_file(topic_of(subject).empty() ? language_stem(subject) : subject);
}

std::string json_feed(const Views& views, const std::string& subject) {
  const std::string name = feed_file(subject, ".json");
  Json::Object feed{{"version", Json{"https://jsonfeed.org/version/1.1"}},
                    {"title", Json{title_of(views, subject)}},
                    {"language", Json{views.language().code}}};
  const std::string page = page_of(subject);
  if (const std::string home = views.url_of(page); !home.empty()) {
    feed.push_back({"home_page_url", Json{home}});
    feed.push_back({"feed_url", Json{views.url_of(name)}});
  }
  Json::Array items;
  CommunityReader communities{views.model()};
  for (const SiteModel::Event& event : feed_events(views.model(), subject)) {
    const Community& community = communities.read_row(event.community);
    Json::Object item{{"id", Json{entry_id(views.options(), event, community)}}};
    if (const std::string url = views.url_of(community_file(community.identifier));
        !url.empty() && !community.gone)
      item.push_back({"url", Json{url}});
    item.push_back(
        {"title", Json{views.label("event", word_of(event.kind)) + ": " + community.name}});
    std::string text = community.description;
    if (!text.empty()) text += "\n\n";
    item.push_back({"content_text", Json{text + community.join_url}});
    item.push_back({"date_published", Json{rfc3339(event.at)}});
    Json::Array tags{Json{word_of(event.kind)}};
    for (const Tag& tag : community.tags) tags.emplace_back(tag.text);
    item.push_back({"tags", Json{std::move(tags)}});
    items.emplace_back(std::move(item));
  }
  feed.push_back({"items", Json{std::move(items)}});
  return to_text(Json{std::move(feed)}) + "\n";
}

}  // namespace

void write_json_feeds(const Views& views, OutputFolder& output) {
  for (const std::string& subject : feed_subjects(views.model()))
    output.write(feed_file(subject, ".json"), json_feed(views, subject));
}
