#include "pages/page_kind.hpp"

// Every tag.
extern const PageKind kTagsPage;
const PageKind kTagsPage = single_page("tags.html", {}, [](SitePage& page, const Views& views) {
  const auto tags = by_size(views.model().tags);
  page.rows = {"tags", tags.size(), 0, [&views, tags](Values& row, std::size_t i) {
                 views.tag(row, tags[i]->first, views.links(0));
               }};
});
