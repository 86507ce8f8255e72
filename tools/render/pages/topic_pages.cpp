#include "pages/page_kind.hpp"
#include "pages/paths.hpp"

namespace {

void each(const Views& views, const UsePage& use) {
  const auto fill = [&](Values& scope, const std::string& id) {
    if (Values* topic = scope.object("topic")) views.topic(*topic, id, views.links(0));
  };
  each_group(views.model().topics, "topic:", topic_stem, fill, use);
}

}  // namespace

// The Communities of one topic.
extern const PageKind kTopicPages;
const PageKind kTopicPages{"topic.html", {}, each};
