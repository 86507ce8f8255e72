#include "pages/page_kind.hpp"

// The adult Communities. Search engines are asked to stay away, so no sitemap names it.
extern const PageKind kAdultPage;
const PageKind kAdultPage{"adult.html", {}, [](const Views&, const UsePage& use) {
                            Page page;
                            page.file = "adult.html";
                            page.communities = CommunityRows{true, nullptr};
                            page.is_public = false;
                            use(page);
                          }};
