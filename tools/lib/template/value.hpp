// What a template gets: text, yes or no, a list, or an object of named values.
// The names of an object are all set, absent ones to "no", since a name that
// isn't there would be looked for further out.
#pragma once

#include <cstdint>
#include <kainjow/mustache.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using Value = kainjow::mustache::data;

inline Value empty_list() { return Value{Value::type::list}; }

// The library's own << copies all that is in an item, and so does its list as it grows, since
// moving is not declared to be safe. (The list is const only as it is handed out.)
inline void append(Value& list, Value item) {
  using List = kainjow::mustache::list;
  List& items = const_cast<List&>(list.list_value());
  if (items.size() == items.capacity()) {
    List larger;
    larger.reserve(2 * items.size() + 8);
    for (Value& one : items) larger.push_back(std::move(one));
    items.swap(larger);
  }
  items.push_back(std::move(item));
}

// What no page or feed may hold (XML 1.0, 2.2); it is left out of every text.
inline bool is_forbidden(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

// Empty text is "no", so that a section asks whether there is any.
inline Value text_value(std::string_view text) {
  std::string shown{text};
  std::erase_if(shown, is_forbidden);
  return shown.empty() ? Value{false} : Value{std::move(shown)};
}
inline Value number_value(std::int64_t number) { return Value{std::to_string(number)}; }

inline void put(Value& object, const char* name, std::string_view text) {
  object[name] = text_value(text);
}
inline void put(Value& object, const char* name, const std::string& text) {
  object[name] = text_value(text);
}
inline void put(Value& object, const char* name, const char* text) {
  object[name] = text_value(text);
}
inline void put(Value& object, const char* name, bool yes) { object[name] = Value{yes}; }
inline void put(Value& object, const char* name, std::int64_t number) {
  object[name] = number_value(number);
}
inline void put(Value& object, const char* name, Value value) { object[name] = std::move(value); }
template <class T>
void put(Value& object, const char* name, const std::optional<T>& value) {
  if (value)
    put(object, name, *value);
  else
    object[name] = Value{false};
}
