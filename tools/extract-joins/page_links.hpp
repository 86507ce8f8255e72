// The distinct join links of one page, and its near misses.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "link_scanner.hpp"

class PageLinks {
 public:
  struct Link {
    std::string text;               // canonical
    std::size_t base_size;          // of the base URL in it
    std::optional<std::string> as;  // the first spelling, unless the canonical one is there too

    std::string_view base_url() const { return std::string_view{text}.substr(0, base_size); }
    std::string token() const { return text.substr(base_size + 1, text.find('?') - base_size - 1); }
    std::string public_key() const { return text.substr(text.find('=') + 1); }
  };
  struct Miss {
    std::string as;
    LinkRefusal refusal;
    std::optional<BaseUrl> base;  // if the host is clear
    bool meets_markup;
  };

  void add(std::string_view text, const LinkMatch& match);
  // Adds a match in the output of the HTML parser. Near misses there are ignored. Returns true for
  // a new link; then the near misses that markup caused are dropped.
  bool add_parsed(std::string_view text, const LinkMatch& match);

  const std::deque<Link>& links() const { return links_; }     // in the order of the page
  const std::vector<Miss>& misses() const { return misses_; }  // each spelling once
  bool meets_markup() const { return meets_markup_; }

 private:
  Link& add(const JoinUrl& url, std::string canonical);

  std::deque<Link> links_;  // never moved, so that their texts can be keys
  std::vector<Miss> misses_;
  std::unordered_map<std::string_view, Link*> by_text_;
  std::unordered_set<std::string> missed_;
  bool meets_markup_ = false;
};

// The spelling of a match, for a record: valid UTF-8 of at most 1 KiB.
std::string spelling_of(std::string_view text, const LinkMatch& match);
