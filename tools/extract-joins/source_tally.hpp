// Counts the links of each source, and limits them. If somebody floods a page (of a wiki, say) with
// links, only links of that page are left out; a flood of many pages, only links of that source.
// These limits bound the memory of the next stages. Which addresses are worth a probe is decided by
// dedupe, which knows the servers that answered before.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/budget.hpp"
#include "record/fields.hpp"

struct LinkBounds {
  std::size_t links_per_page = 2'000;
  std::size_t links = 50'000;     // of all pages of the source together
  std::size_t servers = 10'000;   // distinct base URLs in them, and in near misses
  std::size_t keys_per_page = 4;  // that a page claims for one server, and no page before it
  std::size_t keys = 64;          // that the source claims for one server
  std::size_t near_misses_per_page = 1'000;
  std::size_t near_miss_servers_per_page = 50;
};

// What the summary says of one source.
struct SourceCounts {
  std::string source;            // its id; "" for bare documents
  std::int64_t pages = 0;        //
  std::int64_t links = 0;        // that were written: the distinct ones of each page
  std::int64_t servers = 0;      // distinct base URLs in them, and in near misses
  std::int64_t near_misses = 0;  //
  std::int64_t left_out = 0;     // links past the bounds

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("source", self.source);
    visit("pages", self.pages);
    visit("links", self.links);
    visit("servers", self.servers);
    visit("near_misses", self.near_misses);
    visit("left_out", self.left_out);
  }
};

class SourceTally {
 public:
  SourceTally(std::string source, const LinkBounds& bounds) : bounds_{bounds} {
    counts_.source = std::move(source);
  }

  void begin_page(std::size_t near_misses);
  // Whether there is room for one more link of the current page; counts it.
  bool admit_link(std::string_view base_url, std::string_view public_key);
  // Whether there is room for a server that only a near miss names.
  bool admit_server(std::string_view base_url);

  const SourceCounts& counts() const { return counts_; }

 private:
  bool admit_key(std::string_view base_url, std::string_view public_key);

  LinkBounds bounds_;
  SourceCounts counts_;
  std::size_t links_on_page_ = 0;
  using Keys = std::set<std::string, std::less<>>;
  std::map<std::string, Keys, std::less<>> keys_of_server_;
  Budget<> keys_on_page_{0};  // by server
};

// The tallies of all sources, in the order in which the pages name them.
class SourceTallies {
 public:
  explicit SourceTallies(LinkBounds bounds = {}) : bounds_{bounds} {}

  SourceTally& of(const std::string& source);
  std::vector<SourceCounts> counts() const;

 private:
  LinkBounds bounds_;
  std::deque<SourceTally> tallies_;
  std::unordered_map<std::string, SourceTally*> by_source_;
};
