// The answer to "where is this link, and why was it not found?", for people.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "link_scanner.hpp"

// Text from strangers for a terminal: printable ASCII, all other bytes as \xNN.
std::string printable(std::string_view text);

class Explanation {
 public:
  // `wanted` is a link in any spelling.
  explicit Explanation(std::string wanted);

  // Adds a match in a page. `line` is the number of the line in which `text` begins; 0: `text` is
  // the output of the HTML parser.
  void add(std::string_view page, std::string_view text, std::size_t line, const LinkMatch& match);
  void count_page() { ++pages_; }

  std::string text() const;
  bool is_found() const { return found_ > 0; }

 private:
  bool is_wanted_miss(std::string_view spelling) const;

  std::string wanted_, refused_, canonical_;
  std::optional<JoinUrl> url_;
  std::string lines_;
  std::size_t pages_ = 0, found_ = 0;
};
