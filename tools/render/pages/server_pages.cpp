#include "pages/page_kind.hpp"
#include "pages/paths.hpp"
#include "record/identifier.hpp"

// One server and its Communities.
extern const PageKind kServerPages;
const PageKind kServerPages{
    "server.html",
    {"asked_at", "asked_day", "capabilities", "same_rooms_as"},
    [](const Views& views, const UsePage& use) {
      if (!views.has_details()) return;
      static const std::vector<SiteModel::Number> kNone;
      const SiteModel& model = views.model();
      for (const Spool::Slot slot : model.servers) {
        const ListedServer listed = model.server(slot);
        const auto found = model.by_server.find(listed.server.id);
        SitePage page;
        page.file = page_file(server_stem(listed.server.id));
        page.id = listed.server.id;
        page.is_translated = views.are_translated();
        page.scope = "host:" + std::string{host_port_of(listed.server.base_url)};
        page.communities =
            CommunityRows{false, found == model.by_server.end() ? &kNone : &found->second};
        page.fill = [&](Values& scope) {
          if (Values* server = scope.object("server"))
            views.server_page(*server, listed, views.links(0));
        };
        use(page);
      }
    }};
