// A record is a struct and one list of its fields; reading and writing both
// walk that list, so they cannot disagree:
//
//   struct Source {
//     static constexpr std::string_view kKind = "source";
//     std::string id;                   // required
//     std::optional<std::string> note;  // absent when empty
//     std::vector<std::string> tags;    // absent when empty
//     Json::Object others;              // members this program does not know, kept as they are
//
//     template <class Self, class Visit>
//     static void each_field(Self& self, Visit&& visit) {
//       visit("id", self.id);
//       visit("note", self.note);
//       visit("tags", self.tags);
//     }
//   };
//
// Fields may be std::string, bool, std::int64_t, double, Json, another such
// struct, and std::optional or std::vector of those. A plain field is required;
// a vector is optional and left out when empty.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

[[noreturn]] inline void refuse(const std::string& path, std::string_view expected) {
  throw BadLine{"\"" + path + "\" should be " + std::string{expected}};
}

template <class T>
void read_members(const Json& json, T& into, const std::string& path);

template <class T>
void read_value(const Json& json, T& into, const std::string& path) {
  if constexpr (std::same_as<T, Json>) {
    into = json;
  } else if constexpr (std::same_as<T, std::string>) {
    if (!json.string()) refuse(path, "a string");
    into = *json.string();
  } else if constexpr (std::same_as<T, bool>) {
    if (!json.boolean()) refuse(path, "true or false");
    into = *json.boolean();
  } else if constexpr (std::same_as<T, std::int64_t>) {
    if (!json.integer()) refuse(path, "a whole number");
    into = *json.integer();
  } else if constexpr (std::same_as<T, double>) {
    if (!json.real()) refuse(path, "a number");
    into = *json.real();
  } else if constexpr (IsOptional<T>::value) {
    read_value(json, into.emplace(), path);
  } else if constexpr (IsVector<T>::value) {
    if (!json.array()) refuse(path, "an array");
    into.clear();
    for (const Json& item : *json.array()) {
      const std::string item_path = path + "[" + std::to_string(into.size()) + "]";
      read_value(item, into.emplace_back(), item_path);
    }
  } else {
    if (!json.object()) refuse(path, "an object");
    read_members(json, into, path + ".");
  }
}

template <class T>
void read_members(const Json& json, T& into, const std::string& path) {
  std::vector<std::string_view> known;
  T::each_field(into, [&](std::string_view name, auto& field) {
    using Field = std::remove_reference_t<decltype(field)>;
    known.push_back(name);
    if (const Json* value = json.find(name))
      read_value(*value, field, path + std::string{name});
    else if constexpr (!IsOptional<Field>::value && !IsVector<Field>::value)
      throw BadLine{"\"" + path + std::string{name} + "\" is missing"};
  });
  if constexpr (requires { into.others; })
    for (const JsonMember& member : *json.object()) {
      bool is_known = path.empty() && member.name == "kind";
      for (const std::string_view name : known) is_known = is_known || member.name == name;
      if (!is_known) into.others.push_back(member);
    }
}

template <class T>
void add_members(Json::Object& members, const T& from);

template <class T>
Json json_of(const T& value) {
  if constexpr (std::same_as<T, Json> || std::same_as<T, std::string> || std::same_as<T, bool>) {
    return Json{value};
  } else if constexpr (std::same_as<T, std::int64_t>) {
    return Json::integer(value);
  } else if constexpr (std::same_as<T, double>) {
    return Json::real(value);
  } else if constexpr (IsVector<T>::value) {
    Json::Array items;
    items.reserve(value.size());
    for (const auto& item : value) items.push_back(json_of(item));
    return Json{std::move(items)};
  } else {
    Json::Object members;
    add_members(members, value);
    return Json{std::move(members)};
  }
}

template <class T>
void add_members(Json::Object& members, const T& from) {
  T::each_field(from, [&](std::string_view name, const auto& field) {
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (IsOptional<Field>::value) {
      if (field) members.push_back({std::string{name}, json_of(*field)});
    } else if constexpr (IsVector<Field>::value) {
      if (!field.empty()) members.push_back({std::string{name}, json_of(field)});
    } else {
      members.push_back({std::string{name}, json_of(field)});
    }
  });
  if constexpr (requires { from.others; })
    members.insert(members.end(), from.others.begin(), from.others.end());
}

}  // namespace fields

// The "kind" of an object, or "" if it has none that is a string.
inline std::string_view kind_of(const Json& json) {
  const Json* kind = json.find("kind");
  return kind && kind->string() ? std::string_view{*kind->string()} : std::string_view{};
}

// The record in `json`, whose kind must be T's. Throws BadLine with the path of
// the first field that is not what it should be.
template <class T>
T from_json(const Json& json) {
  T record;
  fields::read_members(json, record, "");
  return record;
}

// The same fields, always in the same order, behind "kind".
template <class T>
Json to_json(const T& record) {
  Json::Object members;
  members.push_back({"kind", Json{T::kKind}});
  fields::add_members(members, record);
  return Json{std::move(members)};
}
