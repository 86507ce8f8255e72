#include "pages/page_kind.hpp"
#include "pages/paths.hpp"

namespace {

void each(const Views& views, const UsePage& use) {
  const SiteModel& model = views.model();
  CommunityReader communities{model};
  for (const auto* slots : {&model.communities, &model.adult})
    for (const Spool::Slot slot : *slots) {
      const Community& community = communities.read_row(slot);
      SitePage page;
      page.file = badge_file(community.identifier);
      page.id = community.identifier;
      page.is_translated = false;
      page.fill = [&](Values& scope) {
        if (Values* values = scope.object("community"))
          views.community(*values, community, views.links(0), 0);
      };
      use(page);
    }
}

}  // namespace

// A small image for each Community, to be shown on other sites.
extern const PageKind kBadges;
const PageKind kBadges{"badge.svg", {}, each};
