#include "pages/page_kind.hpp"

// Every server that did not answer.
extern const PageKind kSilentPage;
const PageKind kSilentPage{"silent.html", {}, [](const Views& views, const UsePage& use) {
                             const SiteModel& model = views.model();
                             Page page;
                             page.file = "silent.html";
                             page.rows = {
                                 "silent", model.silent.size(), 0, [&](Values& row, std::size_t i) {
                                   views.server(row, model.server(model.silent[i]), views.links(0));
                                 }};
                             use(page);
                           }};
