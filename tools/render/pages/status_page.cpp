#include <algorithm>
#include <map>
#include <numeric>

#include "pages/drawing.hpp"
#include "pages/page_kind.hpp"

namespace {

constexpr std::size_t kMostSilent = 24;  // the others are in silent.html

// Percentages, rounded so that their sum is 100: rounds down, and adds what is missing to those
// that lost most.
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

// The last part of a translation's name.
std::string_view word_for(const std::string& source) { return source; }
std::string_view word_for(ProbeOutcome outcome) { return word_of(outcome); }
std::string_view word_for(const std::optional<KeyStatus>& status) {
  return status ? word_of(*status) : "none";
}

// How often each word comes, most first. `name` is also the prefix of its translations.
template <class Counts>
void put_counts(Values* list, const Views& views, const Counts& counts, const char* name,
                bool with_share) {
  if (!list) return;
  std::vector<std::pair<std::string, std::int64_t>> sorted;
  for (const auto& [what, count] : counts) sorted.emplace_back(word_for(what), count);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::int64_t> parts;
  for (const auto& [word, count] : sorted) parts.push_back(count);
  const std::vector<std::int64_t> shares = percents(parts);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    Values& item = list->add();
    item.put(name, sorted[i].first);
    item.put("label", views.label(name, sorted[i].first));
    item.put("count", views.number(sorted[i].second));
    item.put("share", with_share ? std::optional{shares[i]} : std::nullopt);
  }
}

// The last value of each day; nothing for less than two days.
void put_chart(Values& list, const Views& views, const char* name, std::int64_t Run::*member) {
  std::map<std::string, std::int64_t> by_day;
  for (const Run& run : views.runs()) by_day[std::string{day_part(run.at)}] = run.*member;
  std::vector<ChartPoint> points;
  for (const auto& [day, value] : by_day)
    if (const auto at = parse_day(day)) points.push_back({*at, value});
  if (points.size() < 2) return;
  const auto less = [](const ChartPoint& a, const ChartPoint& b) { return a.value < b.value; };
  const auto [least, most] = std::minmax_element(points.begin(), points.end(), less);
  Values& chart = list.add();
  chart.put("name", name);
  chart.put("label", views.label("chart", name));
  chart.put("chart_svg", chart_svg(points));
  chart.put("first_day", views.day(day_of(points.front().at)));
  chart.put("last_day", views.day(day_of(points.back().at)));
  chart.put("least", views.number(least->value));
  chart.put("most", views.number(most->value));
  chart.put("last", views.number(points.back().value));
  Values* values = chart.list("points");
  if (!values) return;
  for (const ChartPoint& point : points) {
    Values& item = values->add();
    item.put("at", views.day(day_of(point.at)));
    item.put("value", views.number(point.value));
  }
}

// What each source gave in the last run.
void put_source_runs(Values& scope, const Views& views) {
  const bool has_some = !views.runs().empty() && !views.runs().back().sources.empty();
  scope.put("has_source_runs", has_some);
  Values* list = scope.list("source_runs");
  if (!list || !has_some) return;
  for (const RunSource& source : views.runs().back().sources) {
    Values& item = list->add();
    item.put("source", source.source);
    item.put("label", views.label("source", source.source));
    item.put("links", views.number(source.links));
    item.put("links_before", source.links_before ? views.number(*source.links_before) : "");
    item.put("fault", source.error ? views.label("outcome", *source.error) : "");
  }
}

void fill(Values& scope, const Views& views) {
  const SiteModel& model = views.model();
  put_counts(scope.list("outcomes"), views, model.outcomes, "outcome", true);
  put_counts(scope.list("states"), views, model.key_states, "state", true);
  put_counts(scope.list("sources"), views, model.sources, "source", false);
  put_source_runs(scope, views);
  const std::int64_t kept =
      views.runs().empty() ? 0 : views.runs().back().kept_last_state.value_or(0);
  const std::int64_t failed = model.left_out + kept;
  scope.put("failed_check", failed > 0 ? views.number(failed) : "");
  if (Values* silent = scope.list("silent"))
    for (std::size_t i = 0; i < std::min(kMostSilent, model.silent.size()); ++i)
      views.server(silent->add(), model.server(model.silent[i]), views.links(0));
  scope.put("silent_more", model.silent.size() > kMostSilent);
  if (Values* charts = scope.list("charts")) {
    put_chart(*charts, views, "communities", &Run::communities);
    put_chart(*charts, views, "answered", &Run::answered);
    put_chart(*charts, views, "weekly_users", &Run::weekly_users);
  }
}

}  // namespace

// How the last crawl went.
extern const PageKind kStatusPage;
const PageKind kStatusPage = single_page(
    "status.html",
    {"outcomes",    "states",       "state",     "share",        "sources", "has_source_runs",
     "source_runs", "failed_check", "links",     "links_before", "fault",   "silent_more",
     "charts",      "chart_svg",    "first_day", "last_day",     "least",   "most",
     "last",        "points",       "at",        "value"},
    [](SitePage& page, const Views& views) {
      page.fill = [&](Values& scope) { fill(scope, views); };
    });
