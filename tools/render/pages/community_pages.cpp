#include "pages/page_kind.hpp"
#include "pages/paths.hpp"
#include "pages/structured.hpp"

namespace {

constexpr std::size_t kMostNeighbours = 10;

// The few values that are shown of another Community.
void put_other(Values& item, const Views& views, const Community& other) {
  item.put("name", other.name);
  item.put("face", face_of(other));
  item.put("hue", hue_of(other));
  item.put("lang", other.languages.empty() ? std::string_view{} : other.languages[0].code);
  item.put("page", views.links(1).details + community_file(other.identifier));
}

// Other Communities of the same server.
void put_neighbours(Values* list, const Views& views, const Community& community) {
  const SiteModel& model = views.model();
  const auto found = model.by_server.find(community.server.id);
  if (!list || found == model.by_server.end()) return;
  std::size_t count = 0;
  CommunityReader communities{model};
  for (const SiteModel::Number number : found->second) {
    const Community& other = communities.read_row(model.communities[number]);
    if (other.identifier == community.identifier) continue;
    put_other(list->add(), views, other);
    if (++count == kMostNeighbours) break;
  }
}

// If its server is a copy: the room with the same token on the original.
void put_original(Values& values, const Views& views, const Community& community) {
  const SiteModel& model = views.model();
  CommunityReader communities{model};
  for (const auto* servers : {&model.by_server, &model.adult_by_server}) {
    const auto found = servers->find(community.copy_of);
    if (community.copy_of.empty() || found == servers->end()) continue;
    const auto& slots = servers == &model.by_server ? model.communities : model.adult;
    for (const SiteModel::Number number : found->second) {
      const Community& other = communities.read_row(slots[number]);
      if (other.token != community.token) continue;
      if (Values* original = values.object("original")) put_other(*original, views, other);
      return;
    }
  }
  values.put("original", false);
}

void each(const Views& views, const UsePage& use) {
  if (!views.has_details()) return;
  const SiteModel& model = views.model();
  CommunityReader communities{model};
  for (const auto* slots : {&model.communities, &model.adult})
    for (const Spool::Slot slot : *slots) {
      const Community& community = communities.read_row(slot);
      SitePage page;
      page.file = community_file(community.identifier);
      page.id = community.identifier;
      page.depth = 1;
      page.is_translated = views.are_translated();
      page.is_public = slots == &model.communities;
      page.changed_day = day_part(community.last_seen);
      page.fill = [&](Values& scope) {
        communities.read(slot);
        scope.put("structured_json",
                  structured_breadcrumbs(views, community.name, views.path_of(page.file)));
        Values* values = scope.object("community");
        if (!values) return;
        views.community(*values, community, views.links(1), 0);
        views.community_page(*values, community);
        put_original(*values, views, community);
        put_neighbours(values->list("neighbours"), views, community);
      };
      use(page);
    }
}

}  // namespace

// One Community.
extern const PageKind kCommunityPages;
const PageKind kCommunityPages{
    "community.html",
    {"original", "staff_text", "found_text", "created_year", "owner_words", "word",
     "not_understood", "hashtags", "older", "users", "users_svg", "users_least", "users_most",
     "users_first_day", "users_last_day", "neighbours"},
    each};
