#include "pages/page_kind.hpp"

// The adult Communities. Search engines should not index this page, so it is in no sitemap.
extern const PageKind kAdultPage;
const PageKind kAdultPage{"adult.html", {}, [](const Views&, const UsePage& use) {
                            Page page;
                            page.file = "adult.html";
                            page.communities = CommunityRows{true, nullptr};
                            page.is_public = false;
                            use(page);
                          }};
