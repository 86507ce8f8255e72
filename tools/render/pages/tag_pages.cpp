#include "pages/page_kind.hpp"
#include "pages/paths.hpp"

namespace {

void each(const Views& views, const UsePage& use) {
  const auto fill = [](Values& scope, const std::string& tag) { scope.put("tag_name", tag); };
  each_group(views.model().tags, "tag:", tag_stem, fill, use);
}

}  // namespace

// The Communities of one tag.
extern const PageKind kTagPages;
const PageKind kTagPages{"tag.html", {"tag_name"}, each};
