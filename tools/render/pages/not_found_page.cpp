#include "pages/page_kind.hpp"

// The page for addresses that do not exist.
extern const PageKind kNotFoundPage;
const PageKind kNotFoundPage = single_page("404.html", {}, [](SitePage& page, const Views& views) {
  page.is_public = false;
  page.is_shown_anywhere = !views.options().site_url.empty();
});
