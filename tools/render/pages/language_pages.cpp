#include "pages/page_kind.hpp"
#include "pages/paths.hpp"

// The Communities of one language.
extern const PageKind kLanguagePages;
const PageKind kLanguagePages{"language.html", {}, [](const Views& views, const UsePage& use) {
                                for (const auto& group : views.model().languages) {
                                  const std::string& code = group.first;
                                  Page page;
                                  page.file = page_file(language_stem(code));
                                  page.id = code;
                                  page.scope = "lang:" + code;
                                  page.communities = CommunityRows{false, &group.second};
                                  page.fill = [&](Values& scope) {
                                    if (Values* language = scope.object("language"))
                                      views.language(*language, code, views.links(0));
                                    views.languages(scope, views.links(0), code);
                                  };
                                  use(page);
                                }
                              }};
