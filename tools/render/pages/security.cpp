#include "pages/page_kind.hpp"

// Where people report weaknesses (RFC 9116). Browsers look for it in .well-known/ (section 3).
extern const PageKind kSecurity;
const PageKind kSecurity{"security.txt", {}, [](const Views&, const UsePage& use) {
                           Page page;
                           page.file = ".well-known/security.txt";
                           page.is_translated = false;
                           use(page);
                         }};
