// Makes the pages of one site language, and the files that are made once.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ndjson/spool.hpp"
#include "pages/page_kind.hpp"

// Where a finished file goes: its path from the top of the site, and its content.
using Emit = std::function<void(const std::string& path, std::string_view content)>;

class Pages {
 public:
  // `views` must outlive it.
  explicit Pages(const Views& views) : views_{views} {}

  // What one template makes: `file` is its name in sites/. `only`: just the page of that
  // identifier, language, tag or server id. A page of nothing but white space is not made.
  void make(const std::string& file, const Emit& emit,
            const std::optional<std::string>& only = std::nullopt);

 private:
  struct RenderedRows {  // of a list of Communities, by rank
    Spool spool;
    std::vector<Spool::Slot> slots;
  };
  const Values& site(int depth, bool is_shown_anywhere = false);
  LinkPrefixes links(int depth, bool is_shown_anywhere) const;
  Values::WriteRows rows_from(const SitePage& page, const Values& site, std::size_t begin,
                              std::size_t end);
  const RenderedRows& community_rows(const Section& section, bool are_adult);

  const Views& views_;
  std::map<std::pair<int, bool>, Values> sites_;
  std::map<std::pair<std::string, bool>, RenderedRows> rows_;
};
