// The answer to "where was this link found, and why not?", for people.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "link_scan.hpp"
#include "url/join_url.hpp"

// Text from strangers for a terminal: printable ASCII, everything else as \xNN.
std::string printable(std::string_view text);

class Explanation {
 public:
  // `wanted` is a link in any spelling.
  explicit Explanation(std::string wanted);

  // What stands in a page, in a text of it whose first byte is in line `line`; 0
  // for the text that parsing made of it.
  void look_at(std::string_view page, std::string_view text, std::size_t line,
               const Sighting& sighting);
  void count_page() { ++pages_; }

  // All of it, and whether the link was found.
  std::string text() const;
  bool is_found() const { return found_ > 0; }

 private:
  bool is_wanted_miss(std::string_view spelling) const;

  std::string wanted_, refused_, canonical_;
  std::optional<JoinUrl> url_;
  std::string lines_;
  std::size_t pages_ = 0, found_ = 0;
};
