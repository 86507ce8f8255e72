// Searches pages: a regular expression of a source, and a quick test for join links.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

class Pattern {
 public:
  // ECMAScript. Throws BadLine with `member`, the name of the member that holds it.
  Pattern(const std::string& expression, std::string_view member);

  // Whether a part of the text matches. A match of more than 1 KiB may be missed: std::regex
  // recurses for each character, and the text comes from strangers.
  bool is_in(std::string_view text) const;

 private:
  struct Regex;  // hides <regex>, which is a large header

  std::optional<std::string> literal_;  // an expression without special characters
  std::shared_ptr<const Regex> regex_;
};

// Whether a join link can be in the text: "public" and "key" close to each other, as in
// "public_key=", "public\_key=" and "public%5Fkey%3D".
bool may_hold_links(std::string_view text);
