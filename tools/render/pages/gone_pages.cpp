#include "base/budget.hpp"
#include "pages/page_kind.hpp"
#include "pages/paths.hpp"

namespace {

constexpr std::size_t kMostOfDomain = 200;  // far more than a feed mentions

void each(const Views& views, const UsePage& use) {
  if (!views.has_details()) return;
  CommunityReader communities{views.model()};
  Budget<std::uint32_t> pages{kMostOfDomain};
  for (const SiteModel::Event& event : views.model().events) {
    if (event.kind != SiteModel::Event::gone || !pages.take(event.holders.domain)) continue;
    const Community& community = communities.read_row(event.community);
    SitePage page;
    page.file = community_file(community.identifier);
    page.id = community.identifier;
    page.depth = 1;
    page.is_translated = views.are_translated();
    page.is_public = false;
    page.fill = [&](Values& scope) {
      Values* values = scope.object("community");
      if (!values) return;
      views.community(*values, community, views.links(1), 0);
      values->put("gone_day", views.day(day_of(event.at)));
    };
    use(page);
  }
}

}  // namespace

// A Community that is gone: links to its page still work as long as the feeds mention it. Hidden
// and unlisted ones have no events, so they have no page.
extern const PageKind kGonePages;
const PageKind kGonePages{"gone.html", {"gone_day"}, each};
