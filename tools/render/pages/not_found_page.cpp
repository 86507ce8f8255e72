#include "pages/page_kind.hpp"

// The page for addresses that do not exist.
extern const PageKind kNotFoundPage;
const PageKind kNotFoundPage{"404.html", {}, [](const Views& views, const UsePage& use) {
                               Page page;
                               page.file = "404.html";
                               page.is_public = false;
                               page.is_shown_anywhere = !views.options().site_url.empty();
                               use(page);
                             }};
