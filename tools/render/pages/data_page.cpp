#include "pages/page_kind.hpp"
#include "pages/structured.hpp"

// What is published for programs.
extern const PageKind kDataPage;
const PageKind kDataPage{"data.html", {}, [](const Views& views, const UsePage& use) {
                           Page page;
                           page.file = "data.html";
                           page.fill = [&](Values& scope) {
                             scope.put("structured_json", structured_dataset(views));
                           };
                           use(page);
                         }};
