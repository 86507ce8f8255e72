// Where the parameters of a link end.
#pragma once

#include <utility>

#include "base/ascii.hpp"

// Takes the decoded bytes from "public_key" on, one by one. A key ends where it cannot go
// on, the parameters behind it end where links end.
//
// A value may hold one more "?" and "=", because a link can be pasted into itself:
//
//   http://sog.example/cats?public_key=a03c/cats?public_key=a03c…
//
// So the bytes that are looked at for one "public_key=" are bounded by the next two.
class ParameterEnd {
 public:
  // Whether the parameters are over at this byte.
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
