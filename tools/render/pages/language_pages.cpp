#include "pages/page_kind.hpp"
#include "pages/paths.hpp"

namespace {

void each(const Views& views, const UsePage& use) {
  const auto fill = [&](Values& scope, const std::string& code) {
    if (Values* language = scope.object("language"))
      views.language(*language, code, views.links(0));
    views.languages(scope, views.links(0), code);
  };
  each_group(views.model().languages, "lang:", language_stem, fill, use);
}

}  // namespace

// The Communities of one language.
extern const PageKind kLanguagePages;
const PageKind kLanguagePages{"language.html", {}, each};
