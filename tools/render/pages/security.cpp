#include "pages/page_kind.hpp"

// Where to report security problems (RFC 9116). It is expected in .well-known/ (section 3).
extern const PageKind kSecurity;
const PageKind kSecurity = single_page("security.txt", {}, [](SitePage& page, const Views&) {
  page.file = ".well-known/security.txt";
  page.is_translated = false;
});
