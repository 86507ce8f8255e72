#include "parameter_end.hpp"

#include <string_view>

#include "decoded_text.hpp"

namespace {

bool is_any_of(char c, std::string_view chars) { return chars.find(c) != std::string_view::npos; }

}  // namespace

bool ParameterEnd::is_at_mark(char byte) {
  const char c = unescaped(byte);
  const bool is_over = place_ == Place::value    ? is_over_in_value(c)
                       : place_ == Place::behind ? is_over_behind(c)
                                                 : is_over_in_name(c);
  second_before_ = std::exchange(before_, byte);
  return is_over;
}

// "=" and "&" count when they are percent-encoded, too.
char ParameterEnd::unescaped(char c) const {
  if (second_before_ != '%') return c;
  if (before_ == '3' && (c == 'D' || c == 'd')) return '=';
  return before_ == '2' && c == '6' ? '&' : c;
}

bool ParameterEnd::is_over_in_name(char c) {
  if (c == '=') {
    place_ = Place::value;
    may_have_value_ = false;
  } else if (c == '&') {
    place_ = Place::behind;
  } else if (place_ == Place::blank_in_name) {
    return true;
  } else if (c == ' ' && before_ == 'y') {
    place_ = Place::blank_in_name;
  } else {
    return !is_alnum(c) && !is_any_of(c, "_%:/");
  }
  return false;
}

bool ParameterEnd::is_over_in_value(char c) {
  const bool is_first = std::exchange(is_empty_, false);
  if (c == ' ') return !is_first;
  if (c == '&') {
    place_ = Place::behind;
    may_have_value_ = true;
    return false;
  }
  if (c == '?') return std::exchange(is_pasted_, true);
  if (c == '=') return !is_pasted_ || std::exchange(may_have_value_, true);
  return !is_alnum(c) && !is_any_of(c, "_%:/.-+");
}

bool ParameterEnd::is_over_behind(char c) {
  if (c == '=') return !std::exchange(may_have_value_, false);
  if (c == '&') may_have_value_ = true;
  return !is_link_char(c) || c == '?';
}
