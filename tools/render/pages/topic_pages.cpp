#include "pages/page_kind.hpp"
#include "pages/paths.hpp"

// The Communities of one topic.
extern const PageKind kTopicPages;
const PageKind kTopicPages{"topic.html", {}, [](const Views& views, const UsePage& use) {
                             for (const auto& group : views.model().topics) {
                               const std::string& id = group.first;
                               Page page;
                               page.file = page_file(topic_stem(id));
                               page.id = id;
                               page.scope = "topic:" + id;
                               page.communities = CommunityRows{false, &group.second};
                               page.fill = [&](Values& scope) {
                                 if (Values* topic = scope.object("topic"))
                                   views.topic(*topic, id, views.links(0));
                               };
                               use(page);
                             }
                           }};
