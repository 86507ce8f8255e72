#include "pages/page_kind.hpp"
#include "pages/structured.hpp"

// Every Community that is not adult, by rank.
extern const PageKind kIndexPage;
const PageKind kIndexPage = single_page("index.html", {}, [](SitePage& page, const Views& views) {
  page.communities.emplace();
  page.scope = "all:";
  page.fill = [&](Values& scope) { scope.put("structured_json", structured_website(views)); };
});
