// What one page says: its distinct join links, and what only looked like one.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "link_scan.hpp"

class PageLinks {
 public:
  struct Link {
    std::string text;               // canonical
    std::size_t base_size;          // of it
    std::optional<std::string> as;  // the first spelling seen, if the canonical one was not

    std::string base_url() const { return text.substr(0, base_size); }
    std::string token() const { return text.substr(base_size + 1, text.find('?') - base_size - 1); }
    std::string public_key() const { return text.substr(text.find('=') + 1); }
  };
  struct Miss {
    std::string as, reason;
    bool meets_markup;
  };

  void add(std::string_view text, const Sighting& sighting);
  // Of the text that parsing made: a link that is new; what is none was seen before.
  // True if it was new; misses that only markup made are forgotten then.
  bool add_parsed(std::string_view text, const Sighting& sighting);

  const std::deque<Link>& links() const { return links_; }     // as they first appear
  const std::vector<Miss>& misses() const { return misses_; }  // each spelling once
  bool meets_markup() const { return meets_markup_; }

 private:
  Link& add(const JoinUrl& url, std::string canonical);

  std::deque<Link> links_;  // stay where they are, so that their texts can be keys
  std::vector<Miss> misses_;
  std::unordered_map<std::string_view, Link*> places_;  // by text
  std::unordered_set<std::string> missed_;
  bool meets_markup_ = false;
};

// The spelling that stood there, for a record: valid UTF-8 of at most 1 KiB.
std::string spelling_of(std::string_view text, const Sighting& sighting);
