// A record is a struct and one list of its fields; reading and writing both
// walk that list, so they cannot disagree:
//
//   struct Source {
//     static constexpr std::string_view kKind = "source";
//     std::string id;                   // required
//     std::optional<std::string> note;  // absent when empty
//     std::vector<std::string> tags;    // absent when empty
//     Json::Object unknown_members;              // members this program does not know, kept as
//     they are
//
//     template <class Self, class Visit>
//     static void each_field(Self& self, Visit&& visit) {
//       visit("id", self.id);
//       visit("note", self.note);
//       visit("tags", self.tags);
//     }
//   };
//
// Fields may be std::string, bool, std::int64_t, double, Json, an enum with words
// (base/word.hpp), another such struct, and std::optional or std::vector of those. A plain field is
// required; a vector is optional and left out when empty.
//
// A large record is read and written by code that is compiled once: its header ends with
// RECORD_COMPILED_ONCE(T), and its source holds COMPILE_RECORD(T).
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/word.hpp"
#include "ndjson/json.hpp"
#include "ndjson/lines.hpp"

namespace fields {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

// Where a value stands: "rooms[0].token". Put into words only when it is bad.
struct Path {
  const Path* around = nullptr;
  std::string_view name;
  std::size_t index = SIZE_MAX;  // of an item of the list `around`; else `name` counts

  std::string text() const {
    if (index != SIZE_MAX) return around->text() + "[" + std::to_string(index) + "]";
    return (around ? around->text() + "." : "") + std::string{name};
  }
};

[[noreturn]] inline void refuse(const Path& path, std::string_view expected) {
  throw BadLine{"\"" + path.text() + "\" should be " + std::string{expected}};
}

// `"key.status": unknown word "provn"; did you mean "proven"?`
[[noreturn]] void refuse_word(const Path& path, std::string_view word,
                              std::span<const std::string_view> known);

// A Value is a Json or a JsonView.
template <class T, class Value>
void read_members(const Value& json, T& into, const Path* path);

template <class T, class Value>
void read_value(const Value& json, T& into, const Path& path) {
  if constexpr (std::same_as<T, Json>) {
    into = owned(json);
  } else if constexpr (std::same_as<T, std::string>) {
    const auto text = json.string();
    if (!text) refuse(path, "a string");
    into = *text;
  } else if constexpr (std::same_as<T, bool>) {
    const auto boolean = json.boolean();
    if (!boolean) refuse(path, "true or false");
    into = *boolean;
  } else if constexpr (std::same_as<T, std::int64_t>) {
    const auto number = json.integer();
    if (!number) refuse(path, "a whole number");
    into = *number;
  } else if constexpr (std::same_as<T, double>) {
    const auto number = json.real();
    if (!number) refuse(path, "a number");
    into = *number;
  } else if constexpr (WordEnum<T>) {
    const auto text = json.string();
    if (!text) refuse(path, "a string");
    const auto value = parse_word<T>(*text);
    if (!value) refuse_word(path, *text, kWords<T>);
    into = *value;
  } else if constexpr (IsOptional<T>::value) {
    read_value(json, into.emplace(), path);
  } else if constexpr (IsVector<T>::value) {
    const auto items = json.array();
    if (!items) refuse(path, "an array");
    into.clear();
    for (const auto& item : *items) {
      const std::size_t index = into.size();
      read_value(item, into.emplace_back(), Path{&path, {}, index});
    }
  } else {
    if (!json.object()) refuse(path, "an object");
    read_members(json, into, &path);
  }
}

// A bit for a name: most names that are not there are told from those that are.
constexpr std::uint64_t name_bit(std::string_view name) {
  const auto first = static_cast<unsigned char>(name.empty() ? 0 : name.front());
  return std::uint64_t{1} << ((first + 5 * name.size()) % 64);
}

template <class T, class Value>
void read_members(const Value& json, T& into, const Path* path) {
  const auto members = json.object();
  std::size_t count = 0;
  std::uint64_t names = 0;
  for (const auto& member : *members) {
    ++count;
    names |= name_bit(member.name);
  }
  const auto find = [&](std::string_view name) {
    return (names & name_bit(name)) != 0 ? json.find(name) : decltype(json.find(name)){};
  };
  std::size_t known = !path && find("kind") ? 1 : 0;  // members
  T::each_field(into, [&](std::string_view name, auto& field) {
    using Field = std::remove_reference_t<decltype(field)>;
    if (const auto value = find(name)) {
      ++known;
      read_value(*value, field, Path{path, name});
    } else if constexpr (!IsOptional<Field>::value && !IsVector<Field>::value) {
      throw BadLine{"\"" + Path{path, name}.text() + "\" is missing"};
    }
  });
  if constexpr (requires { into.unknown_members; }) {
    if (count == known) return;  // so mostly
    for (const auto& member : *members) {
      bool is_known = !path && member.name == "kind";
      T::each_field(
          into, [&](std::string_view name, auto&) { is_known = is_known || member.name == name; });
      if (!is_known)
        into.unknown_members.push_back({std::string{member.name}, owned(member.value)});
    }
  }
}

template <class T>
void append_members(std::string& out, const T& from);

template <class T>
void append(std::string& out, const T& value) {
  if constexpr (std::same_as<T, Json>) {
    append_text(out, value);
  } else if constexpr (std::same_as<T, std::string>) {
    append_string(out, value);
  } else if constexpr (std::same_as<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::same_as<T, std::int64_t>) {
    append_text(out, Json::integer(value));
  } else if constexpr (std::same_as<T, double>) {
    append_text(out, Json::real(value));
  } else if constexpr (WordEnum<T>) {
    append_string(out, word_of(value));
  } else if constexpr (IsVector<T>::value) {
    out += '[';
    for (const auto& item : value) {
      if (out.back() != '[') out += ',';
      append(out, item);
    }
    out += ']';
  } else {
    out += '{';
    append_members(out, value);
    out += '}';
  }
}

// Names of ours need no escaping.
inline void append_name(std::string& out, std::string_view name) {
  out.append(out.back() == '{' ? "\"" : ",\"");
  out.append(name);
  out.append("\":", 2);
}

template <class T>
void append_members(std::string& out, const T& from) {
  T::each_field(from, [&](std::string_view name, const auto& field) {
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (IsOptional<Field>::value) {
      if (!field) return;
      append_name(out, name);
      append(out, *field);
    } else {
      if constexpr (IsVector<Field>::value)
        if (field.empty()) return;
      append_name(out, name);
      append(out, field);
    }
  });
  if constexpr (requires { from.unknown_members; })
    for (const JsonMember& member : from.unknown_members) {
      if (out.back() != '{') out += ',';
      append_string(out, member.name);
      out += ':';
      append(out, member.value);
    }
}

}  // namespace fields

// The "kind" of an object, or "" if it has none that is a string. As good as `json`.
template <class Value>
std::string_view kind_of(const Value& json) {
  if (const auto kind = json.find("kind"))
    if (const auto text = kind->string()) return *text;
  return {};
}

// The record in `json`, a Json or a JsonView, whose kind must be T's. Throws BadLine
// with the path of the first field that is not what it should be.
template <class T, class Value>
T from_json(const Value& json) {
  T record;
  fields::read_members(json, record, nullptr);
  return record;
}

// The same fields, always in the same order, behind "kind".
template <class T>
requires requires { T::kKind; }
void append_text(std::string& out, const T& record) {
  out += '{';
  fields::append_name(out, "kind");
  append_string(out, T::kKind);
  fields::append_members(out, record);
  out += '}';
}

template <class T>
requires requires { T::kKind; }
std::string to_text(const T& record) {
  std::string text;
  append_text(text, record);
  return text;
}

#define RECORD_COMPILED_ONCE(T)                              \
  extern template T from_json<T, Json>(const Json&);         \
  extern template T from_json<T, JsonView>(const JsonView&); \
  extern template void append_text<T>(std::string&, const T&)
#define COMPILE_RECORD(T)                             \
  template T from_json<T, Json>(const Json&);         \
  template T from_json<T, JsonView>(const JsonView&); \
  template void append_text<T>(std::string&, const T&)
