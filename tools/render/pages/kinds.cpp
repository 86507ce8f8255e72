#include <algorithm>

#include "pages/page_kind.hpp"
#include "pages/paths.hpp"

extern const PageKind kIndexPage, kAdultPage, kLanguagePages, kTagPages, kTopicPages, kServerPages,
    kCommunityPages, kGonePages, kBadges, kServersPage, kSilentPage, kTagsPage, kStatusPage,
    kCriteriaPage, kDataPage, kNotFoundPage, kFeeds, kSitemaps, kRobots, kSecurity;

namespace {

constexpr const PageKind* kKinds[] = {
    &kIndexPage,    &kAdultPage,      &kLanguagePages, &kTagPages,     &kTopicPages,
    &kServerPages,  &kCommunityPages, &kGonePages,     &kBadges,       &kServersPage,
    &kSilentPage,   &kTagsPage,       &kStatusPage,    &kCriteriaPage, &kDataPage,
    &kNotFoundPage, &kFeeds,          &kSitemaps,      &kRobots,       &kSecurity};

}  // namespace

PageKind single_page(std::string_view file, std::vector<const char*> names,
                     std::function<void(SitePage& page, const Views& views)> set) {
  return {file, std::move(names), [=](const Views& views, const UsePage& use) {
            SitePage page;
            page.file = file;
            set(page, views);
            use(page);
          }};
}

void each_group(const SiteModel::Groups& groups, const std::string& scope,
                std::string (*stem)(std::string_view name),
                const std::function<void(Values& scope, const std::string& name)>& fill,
                const UsePage& use) {
  for (const auto& group : groups) {
    SitePage page;
    page.file = page_file(stem(group.first));
    page.id = group.first;
    page.scope = scope + group.first;
    page.communities = CommunityRows{false, &group.second};
    page.fill = [&](Values& values) { fill(values, group.first); };
    use(page);
  }
}

const PageKind& kind_of_template(std::string_view file) {
  static const PageKind other;
  for (const PageKind* kind : kKinds)
    if (kind->file == file) return *kind;
  return other;
}

void each_page(const std::string& file, const Views& views, const UsePage& use) {
  const PageKind& kind = kind_of_template(file);
  if (kind.each) return kind.each(views, use);
  SitePage page;
  page.file = file;
  page.depth = static_cast<int>(std::count(file.begin(), file.end(), '/'));
  page.is_translated = file.ends_with(".html");
  use(page);
}

std::size_t rows_of(const SitePage& page, const SiteModel& model) {
  if (!page.communities) return page.rows.size;
  if (page.communities->numbers) return page.communities->numbers->size();
  return page.communities->are_adult ? model.adult.size() : model.communities.size();
}

std::size_t page_count(const SitePage& page, const Views& views) {
  const std::size_t most = page.rows.most > 0 ? page.rows.most : views.options().rows_a_page;
  return std::max<std::size_t>(1, (rows_of(page, views.model()) + most - 1) / most);
}

void each_public_path(
    const Views& views,
    const std::function<void(const std::string& path, std::string_view day)>& use) {
  const std::string today = day_of(views.model().generated_at);
  for (const SiteLanguage& language : views.site().languages()) {
    const Views here = views.in(language);
    for (const std::string& file : views.site().templates())
      if (file.ends_with(".html"))
        each_page(file, here, [&](const SitePage& page) {
          if (!page.is_public) return;
          for (std::size_t i = 1; i <= page_count(page, here); ++i)
            use(here.path_of(numbered(page.file, i)),
                page.changed_day.empty() ? today : page.changed_day);
        });
  }
}
