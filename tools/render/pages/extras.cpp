#include <algorithm>
#include <numeric>
#include <set>

#include "pages/drawing.hpp"
#include "pages/pages.hpp"
#include "pages/structured.hpp"

namespace {

constexpr std::size_t kSilentOnStatus = 24;  // the others are on pages of their own

// Per cent of the whole, each rounded so that all of them are 100: what is missing goes to
// those that lost the most by rounding down.
std::vector<std::int64_t> percents(const std::vector<std::int64_t>& parts) {
  const std::int64_t whole = std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
  std::vector<std::int64_t> shares;
  std::vector<std::size_t> by_loss;
  for (const std::int64_t part : parts) {
    by_loss.push_back(shares.size());
    shares.push_back(whole > 0 ? part * 100 / whole : 0);
  }
  if (whole == 0) return shares;
  std::stable_sort(by_loss.begin(), by_loss.end(), [&](std::size_t a, std::size_t b) {
    return parts[a] * 100 % whole > parts[b] * 100 % whole;
  });
  const std::int64_t missing = 100 - std::accumulate(shares.begin(), shares.end(), std::int64_t{0});
  for (std::int64_t i = 0; i < missing; ++i) ++shares[by_loss[static_cast<std::size_t>(i)]];
  return shares;
}

}  // namespace

Value Pages::extras(const std::string& file, const Look& look) const {
  Value more;
  if (file == "status.html") return status(look);
  if (file == "silent.html") put(more, "silent", !views_.listing().silent.empty());
  if (file == "criteria.html") put(more, "reasons", reasons());
  if (file == "data.html") put(more, "structured_json", structured_dataset(views_));
  if (file == "robots.txt") {
    std::size_t paths = 0;
    each_public_path(views_, [&](const std::string&, std::string_view) { ++paths; });
    Value sitemaps = empty_list();
    for (std::size_t i = 0; i * kMostPathsInSitemap < paths; ++i) {
      Value item;
      put(item, "url",
          views_.url_of(i == 0 ? "sitemap.xml" : "sitemap_" + std::to_string(i + 1) + ".xml"));
      append(sitemaps, std::move(item));
    }
    put(more, "sitemaps", std::move(sitemaps));
  }
  return more;
}

Value Pages::status(const Look& look) const {
  const Listing& listing = views_.listing();
  const auto shares = [&](const std::map<std::string, std::int64_t>& counts, const char* name,
                          const char* prefix, bool with_share) {
    std::vector<std::pair<std::string, std::int64_t>> sorted{counts.begin(), counts.end()};
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<std::int64_t> parts;
    for (const auto& [word, count] : sorted) parts.push_back(count);
    const std::vector<std::int64_t> of_hundred = percents(parts);
    Value list = empty_list();
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      const auto& [word, count] = sorted[i];
      Value item;
      put(item, name, word);
      put(item, "label", views_.label(prefix, word));
      put(item, "count", views_.number(count));
      if (with_share) put(item, "share", of_hundred[i]);
      append(list, std::move(item));
    }
    return list;
  };
  Value more;
  put(more, "outcomes", shares(listing.outcomes, "outcome", "outcome", true));
  put(more, "states", shares(listing.key_states, "state", "state", true));
  put(more, "sources", shares(listing.sources, "source", "source", false));
  Value silent = empty_list();
  const std::size_t shown = std::min(kSilentOnStatus, listing.silent.size());
  for (std::size_t i = 0; i < shown; ++i)
    append(silent, item_of([&](Item& item) {
             views_.server(item, listing.server(listing.silent[i]), look);
           }));
  put(more, "silent", std::move(silent));
  put(more, "silent_more", shown < listing.silent.size());

  Value charts = empty_list();
  const std::pair<const char*, std::int64_t Run::*> curves[] = {
      {"communities", &Run::communities},
      {"answered", &Run::answered},
      {"weekly_users", &Run::weekly_users}};
  for (const auto& [name, member] : curves) {
    std::map<std::string, std::int64_t> by_day;  // the last run of each day
    for (const Run& run : runs_) by_day[std::string{day_part(run.at)}] = run.*member;
    if (by_day.size() < 2) continue;
    std::vector<ChartPoint> points;
    Value values = empty_list();
    for (const auto& [day, value] : by_day) {
      const auto at = parse_rfc3339(day + "T00:00:00Z");
      if (!at) continue;
      points.push_back({*at, value});
      Value item;
      put(item, "at", day);
      put(item, "value", views_.number(value));
      append(values, std::move(item));
    }
    const auto less = [](const ChartPoint& a, const ChartPoint& b) { return a.value < b.value; };
    Value chart;
    put(chart, "name", name);
    put(chart, "label", views_.label("chart", name));
    put(chart, "chart_svg", chart_svg(points));
    put(chart, "first_day", by_day.begin()->first);
    put(chart, "last_day", by_day.rbegin()->first);
    const auto value_of = [&](auto point) { return views_.number(point->value); };
    put(chart, "least", value_of(std::min_element(points.begin(), points.end(), less)));
    put(chart, "most", value_of(std::max_element(points.begin(), points.end(), less)));
    put(chart, "last", value_of(std::prev(points.end())));
    put(chart, "points", std::move(values));
    append(charts, std::move(chart));
  }
  put(more, "charts", std::move(charts));
  return more;
}

Value Pages::reasons() const {
  Value list = empty_list();
  const auto add = [&](const std::string& code, const ReasonText* text) {
    const auto found = views_.listing().reasons.find(code);
    Value item;
    put(item, "reason", code);
    const std::string label = views_.label("reason", code);
    const std::string words = views_.label("reason", code + "_text");
    const bool is_told = label != code || !text;
    put(item, "label", label == code && text ? text->title : label);
    put(item, "text", words != code + "_text" ? words : (text ? text->text : ""));
    put(item, "foreign", !is_told && !views_.is_default());
    std::int64_t total = 0;
    for (const char* effect : {"hidden", "adult", "pinned"}) {
      std::int64_t count = 0;
      if (found != views_.listing().reasons.end())
        if (const auto it = found->second.find(effect); it != found->second.end())
          count = it->second;
      total += count;
      if (count > 0)
        put(item, effect, views_.number(count));
      else
        put(item, effect, false);
    }
    put(item, "count", views_.number(total));
    append(list, std::move(item));
  };
  std::set<std::string> told;
  for (const ReasonText& text : views_.knowledge().reasons()) {
    add(text.code, &text);
    told.insert(text.code);
  }
  for (const auto& [code, effects] : views_.listing().reasons)
    if (!told.contains(code)) add(code, nullptr);
  return list;
}
