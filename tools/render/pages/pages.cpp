#include "pages/pages.hpp"

#include <algorithm>

#include "pages/paths.hpp"
#include "template/template.hpp"

namespace {

// The links between the pages of a long list.
void put_page_links(Values& scope, const std::string& file, std::size_t number, std::size_t count) {
  const auto link = [&](std::size_t page) {
    return page >= 1 && page <= count ? numbered(file, page) : std::string{};
  };
  scope.put("page_number", static_cast<std::int64_t>(number));
  scope.put("page_count",
            count > 1 ? std::optional{static_cast<std::int64_t>(count)} : std::nullopt);
  scope.put("previous", link(number - 1));
  scope.put("next", link(number + 1));
  Values* pages = scope.list("pages");
  if (!pages || count == 1) return;
  for (std::size_t other = 1; other <= count; ++other) {
    Values& item = pages->add();
    item.put("number", static_cast<std::int64_t>(other));
    item.put("href", link(other));
    item.put("current", other == number);
  }
}

}  // namespace

LinkPrefixes Pages::links(int depth, bool is_shown_anywhere) const {
  return is_shown_anywhere ? views_.links_from_host() : views_.links(depth);
}

// Values that are the same on all pages with the same links.
const Values& Pages::site(int depth, bool is_shown_anywhere) {
  const auto [found, is_new] = sites_.try_emplace({depth, is_shown_anywhere});
  if (is_new) views_.site(found->second, links(depth, is_shown_anywhere));
  return found->second;
}

const Pages::RenderedRows& Pages::community_rows(const Section& section, bool are_adult) {
  const auto [found, is_new] = rows_.try_emplace({std::string{section.text()}, are_adult});
  RenderedRows& rows = found->second;
  if (!is_new) return rows;
  const SiteModel& model = views_.model();
  const auto& slots = are_adult ? model.adult : model.communities;
  const Values& site = this->site(0);
  const LinkPrefixes links = views_.links(0);
  const Names names = section.names();
  Values row{&names};
  CommunityReader communities{model};
  std::string text;
  std::size_t rank = are_adult ? model.communities.size() : 0;
  rows.slots.reserve(slots.size());
  for (const Spool::Slot slot : slots) {
    row.start();
    views_.community(row, communities.read_row(slot), links, ++rank);
    text.clear();
    section.render({&site, &row}, text);
    rows.slots.push_back(rows.spool.add(text));
  }
  rows.spool.flush();
  return rows;
}

Values::WriteRows Pages::rows_from(const SitePage& page, const Values& site, std::size_t begin,
                                   std::size_t end) {
  if (begin >= end) return nullptr;
  if (page.communities)
    return [this, which = *page.communities, begin, end](const Section& section, std::string& out) {
      const RenderedRows& all = community_rows(section, which.are_adult);
      SpoolReader reader{all.spool};
      for (std::size_t i = begin; i < end; ++i)
        out += reader.read(all.slots[which.numbers ? (*which.numbers)[i] : i]);
    };
  return [&page, &site, begin, end](const Section& section, std::string& out) {
    const Names names = section.names();
    Values row{&names};
    for (std::size_t i = begin; i < end; ++i) {
      row.start();
      page.rows.fill(row, i);
      section.render({&site, &row}, out);
    }
  };
}

void Pages::make(const std::string& file, const Emit& emit,
                 const std::optional<std::string>& only) {
  const Template page_template{file, views_.site().rules(file, views_.language())};
  const Names names = page_template.names();
  Values scope{&names};
  std::string text;
  each_page(file, views_, [&](const SitePage& page) {
    if (only && *only != page.id) return;
    const Values& site = this->site(page.depth, page.is_shown_anywhere);
    const LinkPrefixes links = this->links(page.depth, page.is_shown_anywhere);
    const std::size_t total = rows_of(page, views_.model()), count = page_count(page, views_);
    const std::size_t most = page.rows.most > 0 ? page.rows.most : views_.options().rows_a_page;
    for (std::size_t number = 1; number <= count; ++number) {
      const std::string path = numbered(page.file, number);
      scope.start();
      views_.page(scope, links, path, !page.is_translated);
      put_page_links(scope, page.file, number, count);
      scope.put("is_list", page.communities.has_value());
      scope.put("is_all",
                page.communities && !page.communities->numbers && !page.communities->are_adult);
      scope.put("scope", page.scope);
      scope.put("one_row", total == 1);
      scope.put("many_rows", total > 1);
      scope.put("rows", views_.number(total));
      if (const char* section = page.communities ? "communities" : page.rows.section)
        scope.rows(section,
                   rows_from(page, site, (number - 1) * most, std::min(total, number * most)));
      if (page.fill) page.fill(scope);
      text.clear();
      page_template.render({&site, &scope}, text);
      if (text.find_first_not_of(" \n") != std::string::npos) emit(views_.path_of(path), text);
    }
  });
}
