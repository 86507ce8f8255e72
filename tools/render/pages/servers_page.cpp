#include "pages/page_kind.hpp"

// Every server with Communities.
extern const PageKind kServersPage;
const PageKind kServersPage =
    single_page("servers.html", {}, [](SitePage& page, const Views& views) {
      const SiteModel& model = views.model();
      page.rows = {"servers", model.servers.size(), 0, [&](Values& row, std::size_t i) {
                     views.server(row, model.server(model.servers[i]), views.links(0));
                   }};
    });
