#include "pages/page_kind.hpp"

// The adult Communities. Search engines should not index this page, so it is in no sitemap.
extern const PageKind kAdultPage;
const PageKind kAdultPage = single_page("adult.html", {}, [](SitePage& page, const Views&) {
  page.communities = CommunityRows{true, nullptr};
  page.is_public = false;
});
