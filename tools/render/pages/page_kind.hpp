// A kind of page: one template, and all the pages that it makes. Which pages there are,
// which of them the sitemap names and which feeds there are comes from the one table of
// kinds (kinds.cpp).
//
// A new kind needs its file here, its entry in kinds.cpp, and its template in sites/.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pages/views.hpp"

// A list, which has several pages if it is long.
struct PageRows {
  const char* section = nullptr;  // of the template: "servers"; null: there is no list
  std::size_t size = 0;
  std::size_t most = 0;  // on one page; 0: as many as the operator sets
  // Sets the values of one row. Rows also see the values of the site, but not those of the page.
  std::function<void(Values& row, std::size_t i)> fill;
};

// The row of a Community is the same on every page of a site language, so it is rendered once.
// `numbers`: ranks in the list of all, or of the adult ones; null: every one.
struct CommunityRows {
  bool are_adult = false;
  const std::vector<SiteModel::Number>* numbers = nullptr;
};

// One page, or the pages of one long list.
struct SitePage {
  std::string file;         // "tag-cats.html", below the top of its site language
  std::string id;           // its name for --only
  std::string changed_day;  // of what it shows; "" when that is the day of the listing
  PageRows rows;
  std::optional<CommunityRows> communities;  // in place of `rows`
  std::string scope;  // what its rows have in common: "lang:de", "topic:linux"; "" for adult ones
  int depth = 0;      // folders below the top of its site language
  bool is_translated = true;                // it exists in every site language
  bool is_public = true;                    // it is in the sitemap
  bool is_shown_anywhere = false;           // at any address: links begin at the top of the host
  std::function<void(Values& scope)> fill;  // sets the values that only this page has
};

using UsePage = std::function<void(const SitePage& page)>;

struct PageKind {
  std::string_view file;           // its template
  std::vector<const char*> names;  // that only this template may use
  // Calls `use` for every page of one site language. Null: one page, with the template's name.
  std::function<void(const Views& views, const UsePage& use)> each;
};

// A kind of one page.
PageKind single_page(std::string_view file, std::vector<const char*> names,
                     std::function<void(SitePage& page, const Views& views)> set);

// A page for each group of Communities. `scope`: the beginning of theirs, "tag:".
void each_group(const SiteModel::Groups& groups, const std::string& scope,
                std::string (*stem)(std::string_view name),
                const std::function<void(Values& scope, const std::string& name)>& fill,
                const UsePage& use);

// The kind of that template; for one that no kind names, a kind of a single page.
const PageKind& kind_of_template(std::string_view file);

// Every page that a template makes in one site language.
void each_page(const std::string& file, const Views& views, const UsePage& use);

// How many pages a list of so many rows has.
std::size_t page_count(const SitePage& page, const Views& views);
std::size_t rows_of(const SitePage& page, const SiteModel& model);  // all of them together

// Calls `use` for every public page of the site, with its path from the top of the site and the day
// of its last change.
void each_public_path(
    const Views& views,
    const std::function<void(const std::string& path, std::string_view day)>& use);
