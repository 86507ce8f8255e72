// The pages of one site language, and the files that are made once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "output/output.hpp"
#include "pages/views.hpp"
#include "record/run.hpp"

// Where a finished file goes: its path from the top of the site, and its content.
using Emit = std::function<void(const std::string& path, std::string_view content)>;

class Pages {
 public:
  // `qr_modules`: of each Community, by rank, adult ones after the others (see make_qr_codes).
  Pages(const Views& views, const std::vector<Run>& runs,
        const std::vector<std::uint8_t>& qr_modules);

  // What one template makes: `file` is its name in sites/. `only`: just the one of that
  // identifier, language, tag or server id.
  void make(const std::string& file, const Emit& emit,
            const std::optional<std::string>& only = std::nullopt);

 private:
  using Numbers = std::vector<Listing::Number>;
  struct Rows {  // of a list, rendered once and used on many pages
    Spool spool;
    std::vector<Spool::Slot> slots;
  };

  // A list of Communities: STEM.html, STEM_2.html, …; `numbers` of `slots`, or all.
  void list(Template& page, const std::string& stem, bool adult, const Numbers* numbers,
            const Value& more, const Emit& emit);
  void languages(Template& page, const Emit& emit, const std::optional<std::string>& only);
  void tags(Template& page, const Emit& emit, const std::optional<std::string>& only);
  void servers(Template& page, const Emit& emit, const std::optional<std::string>& only);
  void communities(Template& page, const std::string& file, const Emit& emit,
                   const std::optional<std::string>& only);
  // What a page that is made once may show row by row, and go on with on the next page.
  struct LongSection {
    std::size_t size = 0;
    std::function<void(Item& item, std::size_t i)> put;
  };
  LongSection long_section(const std::string& name, const Look& look) const;
  void plain(Template& page, const std::string& file, const Emit& emit);
  void sitemaps(Template& page, const Emit& emit);

  Value extras(const std::string& file, const Look& look) const;
  Value status(const Look& look) const;
  Value reasons() const;
  void neighbours(Item* list, const Card& card, const Look& look) const;
  const Rows& rows(Template& page, std::size_t piece, bool adult);

  const Views& views_;
  const std::vector<Run>& runs_;
  const std::vector<std::uint8_t>& qr_modules_;
  Look flat_, deep_;
  Value flat_scope_, deep_scope_;
  std::map<std::pair<std::string, bool>, Rows> rows_;
};

// Every page of the site from its first letter: all the paths of sitemap.xml, and of
// those after it, each as long as sitemaps.org allows.
constexpr std::size_t kMostPathsInSitemap = 50000;
void each_public_path(
    const Views& views,
    const std::function<void(const std::string& path, std::string_view day)>& use);
