#include "pages/page_kind.hpp"

// Every server that did not answer.
extern const PageKind kSilentPage;
const PageKind kSilentPage = single_page("silent.html", {}, [](SitePage& page, const Views& views) {
  const SiteModel& model = views.model();
  page.rows = {"silent", model.silent.size(), 0, [&](Values& row, std::size_t i) {
                 views.server(row, model.server(model.silent[i]), views.links(0));
               }};
});
