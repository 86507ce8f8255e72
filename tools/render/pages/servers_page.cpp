#include "pages/page_kind.hpp"

// Every server with Communities.
extern const PageKind kServersPage;
const PageKind kServersPage{
    "servers.html", {}, [](const Views& views, const UsePage& use) {
      const SiteModel& model = views.model();
      Page page;
      page.file = "servers.html";
      page.rows = {"servers", model.servers.size(), 0, [&](Values& row, std::size_t i) {
                     views.server(row, model.server(model.servers[i]), views.links(0));
                   }};
      use(page);
    }};
