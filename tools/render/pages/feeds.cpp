#include "pages/feeds.hpp"

#include <algorithm>

#include "pages/names.hpp"

namespace {

constexpr std::size_t kMostEntries = 200;

const char* word_of(Listing::Event::Kind kind) {
  switch (kind) {
    case Listing::Event::appeared:
      return "new";
    case Listing::Event::returned:
      return "returned";
    default:
      return "gone";
  }
}

std::string feed_name(const std::string& language, const char* extension) {
  return "feed" + (language.empty() ? "" : "-" + language) + extension;
}

std::string host_for_tags(const SiteWishes& wishes) {
  const std::string host = wishes.site_host();
  return host.empty() ? "localhost" : host;
}

bool speaks(const Card& card, const std::string& language) {
  return language.empty() || std::any_of(card.languages.begin(), card.languages.end(),
                                         [&](const CardLanguage& l) { return l.code == language; });
}

std::string title_of(const Views& views, const std::string& language) {
  const std::string* title = views.language().words.find("feed_title");
  std::string text = title ? *title : *views.language().words.find("site_name");
  if (const LanguageName* name = views.knowledge().language(language)) text += ": " + name->name;
  return text;
}

}  // namespace

std::vector<Listing::Event> feed_events(const Listing& listing, const std::string& language,
                                        std::size_t most) {
  std::vector<Listing::Event> events;
  CardReader cards{listing};
  for (const Listing::Event& event : listing.events) {
    if (events.size() == most) break;
    if (language.empty() || speaks(cards.read_row(event.card), language)) events.push_back(event);
  }
  return events;
}

std::string entry_id(const SiteWishes& wishes, const Listing::Event& event, const Card& card) {
  return "tag:" + host_for_tags(wishes) + ",2026:" + word_of(event.kind) + "/" + card.identifier +
         "/" + day_of(event.at);
}

std::string atom_feed(const Views& views, const Value& site, Template& feed,
                      const std::string& language) {
  const Look look = views.look(0);
  const std::vector<Listing::Event> events = feed_events(views.listing(), language, kMostEntries);
  Value page = views.page_scope(look, feed_name(language, ".atom"), true);
  const std::string url = views.url_of(feed_name(language, ".atom"));
  put(page, "feed_url", url.empty() ? feed_name(language, ".atom") : url);
  put(page, "feed_id",
      "tag:" + host_for_tags(views.wishes()) + ",2026:feed" +
          (language.empty() ? "" : "/" + language));
  put(page, "feed_updated", rfc3339(events.empty() ? 0 : events.front().at));
  if (language.empty())
    put(page, "language", false);
  else
    put(page, "language", item_of([&](Item& item) { views.language(item, language, look); }));
  put(page, "entries", !events.empty());

  std::string text;
  for (std::size_t piece = 0; piece < feed.size(); ++piece) {
    if (feed.section(piece).empty()) {
      feed.render(piece, {&site, &page}, text);
      continue;
    }
    if (feed.section(piece) != "entries") continue;
    Item row{&feed.names(piece)};
    CardReader cards{views.listing()};
    for (const Listing::Event& event : events) {
      const Card& card = cards.read_row(event.card);
      row.start();
      views.community(row, card, look, 0);
      row.put("entry_id", entry_id(views.wishes(), event, card));
      row.put("event", word_of(event.kind));
      row.put("label", views.label("event", word_of(event.kind)));
      row.put("event_at", rfc3339(event.at));
      feed.render_row(piece, {&site}, row, text);
    }
  }
  return text;
}

std::string json_feed(const Views& views, const std::string& language) {
  const std::string name = feed_name(language, ".json");
  Json::Object feed{{"version", Json{"https://jsonfeed.org/version/1.1"}},
                    {"title", Json{title_of(views, language)}},
                    {"language", Json{views.language().code}}};
  const std::string page = language.empty() ? "index.html" : page_file(language_stem(language), 1);
  if (const std::string home = views.url_of(page); !home.empty()) {
    feed.push_back({"home_page_url", Json{home}});
    feed.push_back({"feed_url", Json{views.url_of(name)}});
  }
  Json::Array items;
  CardReader cards{views.listing()};
  for (const Listing::Event& event : feed_events(views.listing(), language, kMostEntries)) {
    const Card& card = cards.read_row(event.card);
    Json::Object item{{"id", Json{entry_id(views.wishes(), event, card)}}};
    if (const std::string url = views.url_of(community_file(card.identifier));
        !url.empty() && !card.gone)
      item.push_back({"url", Json{url}});
    item.push_back({"title", Json{views.label("event", word_of(event.kind)) + ": " + card.name}});
    std::string text = card.description;
    if (!text.empty()) text += "\n\n";
    item.push_back({"content_text", Json{text + card.join_url}});
    item.push_back({"date_published", Json{rfc3339(event.at)}});
    Json::Array tags{Json{word_of(event.kind)}};
    for (const std::string& tag : card.tags) tags.emplace_back(tag);
    item.push_back({"tags", Json{std::move(tags)}});
    items.emplace_back(std::move(item));
  }
  feed.push_back({"items", Json{std::move(items)}});
  return to_text(Json{std::move(feed)}) + "\n";
}

void write_feeds(const Views& views, OutputFolder& output) {
  std::vector<std::string> languages{""};
  for (const auto& [code, numbers] : views.listing().languages) languages.push_back(code);
  if (views.site().has("feed.atom")) {
    Template feed = views.site().load("feed.atom", views.language());
    const Value site = views.site_scope(views.look(0));
    for (const std::string& language : languages)
      output.write(feed_name(language, ".atom"), atom_feed(views, site, feed, language));
  }
  for (const std::string& language : languages)
    output.write(feed_name(language, ".json"), json_feed(views, language));
}
