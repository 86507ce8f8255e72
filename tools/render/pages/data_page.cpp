#include "pages/page_kind.hpp"
#include "pages/structured.hpp"

namespace {

constexpr struct {
  const char *name, *path;
} kFiles[] = {{"communities_json", "communities.json"},
              {"communities_ndjson", "communities.ndjson"},
              {"communities_csv", "communities.csv"},
              {"servers_json", "servers.json"},
              {"tags_json", "tags.json"},
              {"history_json", "history.json"},
              {"listings_json", "listings.json"}};

void fill(Values& scope, const Views& views) {
  scope.put("structured_json", structured_dataset(views));
  scope.put("licence", views.options().licence);
  scope.put("licence_url", views.options().licence_url());
  scope.put("all", views.number(views.model().communities.size() + views.model().adult.size()));
  Values* sizes = scope.object("size");
  if (!sizes) return;
  for (const auto& [name, path] : kFiles) {
    const auto found = views.file_sizes().find(path);
    if (found == views.file_sizes().end())
      sizes->put(name, false);
    else
      sizes->put(name, views.number((found->second + 999) / 1000) + " kB");
  }
}

}  // namespace

// The page about the data files for programs.
extern const PageKind kDataPage;
const PageKind kDataPage =
    single_page("data.html",
                {"licence", "licence_url", "all", "size", "communities_json", "communities_ndjson",
                 "communities_csv", "servers_json", "tags_json", "history_json", "listings_json"},
                [](SitePage& page, const Views& views) {
                  page.fill = [&](Values& scope) { fill(scope, views); };
                });
