#include "pages/page_kind.hpp"

// Every tag.
extern const PageKind kTagsPage;
const PageKind kTagsPage{"tags.html", {}, [](const Views& views, const UsePage& use) {
                           const auto tags = by_size(views.model().tags);
                           Page page;
                           page.file = "tags.html";
                           page.rows = {"tags", tags.size(), 0, [&](Values& row, std::size_t i) {
                                          views.tag(row, tags[i]->first, views.links(0));
                                        }};
                           use(page);
                         }};
