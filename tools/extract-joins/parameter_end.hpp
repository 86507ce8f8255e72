// Where the parameters of a link end.
#pragma once

#include <utility>

#include "base/ascii.hpp"

// Takes the decoded bytes from "public_key" on, one by one. The key ends at the first byte that
// can't be in a key; the parameters behind it end at the first byte that can't be in a link.
//
// A value may hold one more "?" and "=", because a link can be pasted into itself:
//
//   http://sog.example/cats?public_key=a03c/cats?public_key=a03c…
//
// So a link is read at most to the second "public_key=" behind its own.
class ParameterEnd {
 public:
  // Whether the parameters end before this byte.
  bool is_at(char c) {
    if (place_ != Place::value || is_empty_ || second_before_ == '%' || !is_alnum(c))
      return is_at_mark(c);
    second_before_ = std::exchange(before_, c);
    return false;
  }

 private:
  enum class Place { name, blank_in_name, value, behind };
  bool is_at_mark(char c);
  bool is_over_in_name(char c);
  bool is_over_in_value(char c);
  bool is_over_behind(char c);
  char unescaped(char c) const;

  Place place_ = Place::name;
  bool is_empty_ = true;        // the value, so far
  bool is_pasted_ = false;      // the value holds a "?"
  bool may_have_value_ = true;  // an "=" may follow
  char before_ = ' ', second_before_ = ' ';
};
