// The first characters of a record that one of our programs wrote. A line that begins like that can
// be put into its bucket without parsing, which saves most of the time of a large merge.
#pragma once

#include <string>
#include <string_view>

#include "record/fields.hpp"

// The text up to the value of a string member, "*" for the values before it:
//
//   front_of<Join>("base_url")  {"kind":"join","join_url":"*","base_url":"
//   front_of_member<Probe>("at")  {"at":"
template <class T>
std::string front_of_member(std::string_view member, std::string text = "{") {
  T record;
  bool is_done = false;
  T::each_field(record, [&](std::string_view name, const auto&) {
    if (is_done) return;
    text += (text.back() == '{' ? "\"" : ",\"") + std::string{name} + "\":\"";
    is_done = name == member;
    if (!is_done) text += "*\"";
  });
  return text;
}

template <class T>
std::string front_of(std::string_view member) {
  return front_of_member<T>(member, "{\"kind\":\"" + std::string{T::kKind} + "\"");
}
