#include <string>
#include <vector>

#include "pages/page_kind.hpp"
#include "pages/paths.hpp"

namespace {

constexpr std::size_t kMostPaths = 50000;  // in one file (sitemaps.org)
constexpr std::size_t kDayLength = 10;

void each_sitemap(const Views& views, const UsePage& use) {
  if (views.options().site_url.empty()) return;  // a sitemap needs absolute URLs
  Spool paths;
  std::vector<Spool::Slot> slots;
  each_public_path(views, [&](const std::string& path, std::string_view day) {
    slots.push_back(paths.add(std::string{day}.append(kDayLength - day.size(), ' ') + path));
  });
  paths.flush();
  SpoolReader reader{paths};
  SitePage page;
  page.file = "sitemap.xml";
  page.is_translated = false;
  page.rows = {"paths", slots.size(), kMostPaths, [&](Values& row, std::size_t i) {
                 const std::string_view line = reader.read(slots[i]);
                 row.put("url", views.url_of(std::string{line.substr(kDayLength)}));
                 row.put("changed_day", line[0] == ' ' ? "" : line.substr(0, kDayLength));
               }};
  use(page);
}

}  // namespace

// Every public page, for search engines, and the index of the sitemaps.
extern const PageKind kSitemaps, kRobots;
const PageKind kSitemaps{"sitemap.xml", {"paths", "changed_day"}, each_sitemap};
const PageKind kRobots =
    single_page("robots.txt", {"sitemaps"}, [](SitePage& page, const Views& views) {
      page.is_translated = false;
      page.fill = [&](Values& scope) {
        Values* sitemaps = scope.list("sitemaps");
        if (!sitemaps) return;
        std::size_t paths = 0;
        each_public_path(views, [&](const std::string&, std::string_view) { ++paths; });
        for (std::size_t i = 0; i * kMostPaths < paths; ++i)
          sitemaps->add().put("url", views.url_of(numbered("sitemap.xml", i + 1)));
      };
    });
