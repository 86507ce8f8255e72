#include "pages/page_kind.hpp"
#include "pages/paths.hpp"

// The Communities of one tag.
extern const PageKind kTagPages;
const PageKind kTagPages{"tag.html", {"tag_name"}, [](const Views& views, const UsePage& use) {
                           for (const auto& group : views.model().tags) {
                             const std::string& tag = group.first;
                             Page page;
                             page.file = page_file(tag_stem(tag));
                             page.id = tag;
                             page.scope = "tag:" + tag;
                             page.communities = CommunityRows{false, &group.second};
                             page.fill = [&](Values& scope) { scope.put("tag_name", tag); };
                             use(page);
                           }
                         }};
