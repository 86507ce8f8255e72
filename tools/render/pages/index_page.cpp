#include "pages/page_kind.hpp"
#include "pages/structured.hpp"

// Every Community that is not adult, by rank.
extern const PageKind kIndexPage;
const PageKind kIndexPage{"index.html", {}, [](const Views& views, const UsePage& use) {
                            Page page;
                            page.file = "index.html";
                            page.communities.emplace();
                            page.scope = "all:";
                            page.fill = [&](Values& scope) {
                              scope.put("structured_json", structured_website(views));
                            };
                            use(page);
                          }};
