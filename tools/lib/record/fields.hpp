// A record is a struct and one list of its fields; reading and writing both
// walk that list, so they cannot disagree:
//
//   struct Source {
//     static constexpr std::string_view kKind = "source";
//     std::string id;                   // required
//     std::optional<std::string> note;  // absent when empty
//     std::vector<std::string> tags;    // absent when empty
//     Json::Object unknown_members;     // what this program does not know, kept as it is
//
//     template <class Self, class Visit>
//     static void each_field(Self& self, Visit&& visit) {
//       visit("id", self.id);
//       visit("note", self.note);
//       visit("tags", self.tags);
//     }
//   };
//   RECORD_COMPILED_ONCE(Source);
//
// Fields may be std::string, bool, std::int64_t, double, Json, an enum with words
// (base/word.hpp), another such struct, and std::optional or std::vector of those. A plain field is
// required; a vector is optional and left out when empty.
//
// RECORD_COMPILED_ONCE says that records.cpp compiles what reads and writes the record; without
// it every source that does so compiles it again.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/word.hpp"
#include "ndjson/bad_line.hpp"
#include "ndjson/json.hpp"

namespace fields {

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;

// Where a value is: "rooms[0].token". The text is only made for an error.
struct Path {
  const Path* around = nullptr;
  std::string_view name;
  std::size_t index = SIZE_MAX;  // in the list `around`; SIZE_MAX: it is the member `name`

  std::string text() const;
};

// What to do with members that the program doesn't know.
enum class Unknown {
  keep,   // records of programs
  refuse  // records of people: `unknown member "hiden"; did you mean "hidden"?`
};

// How fields of one type are read and written.
struct FieldType {
  bool is_required;
  bool (*is_absent)(const void* field);
  void (*read)(const JsonView& json, void* field, const Path& path, Unknown unknown);
  void (*append)(std::string& out, const void* field);
};

struct Field {
  std::string_view name;
  const FieldType* type;
  void* value;
};

// The fields of one record.
class FieldList {
 public:
  void add(const Field& field) {
    if (size_ == fields_.size()) std::abort();  // a struct with more fields needs a longer list
    fields_[size_++] = field;
  }
  std::span<const Field> all() const { return {fields_.data(), size_}; }

 private:
  std::array<Field, 40> fields_;
  std::size_t size_ = 0;
};

void read_text(const JsonView& json, std::string& into, const Path& path);
void read_boolean(const JsonView& json, bool& into, const Path& path);
void read_integer(const JsonView& json, std::int64_t& into, const Path& path);
void read_real(const JsonView& json, double& into, const Path& path);
// The number of the word. `"key.status": unknown word "provn"; did you mean "proven"?`
std::size_t read_word(const JsonView& json, std::span<const std::string_view> known,
                      const Path& path);
JsonView::Items<JsonView> items_of(const JsonView& json, const Path& path);
// `path` is null for a whole record, which has a member "kind" as well.
void read_fields(const JsonView& json, const FieldList& fields, Json::Object* unknown_members,
                 const Path* path, Unknown unknown);

void append_integer(std::string& out, std::int64_t value);
void append_real(std::string& out, double value);
void append_name(std::string& out, std::string_view name);  // ours: they need no escaping
void append_field(std::string& out, const Field& field);
void append_unknown(std::string& out, const Json::Object& members);

template <class T>
void read_members(const JsonView& json, T& into, const Path* path, Unknown unknown);
template <class T>
void append_members(std::string& out, const T& from);

template <class T>
void read(const JsonView& json, T& into, const Path& path, Unknown unknown) {
  if constexpr (std::same_as<T, Json>) {
    into = json.json();
  } else if constexpr (std::same_as<T, std::string>) {
    read_text(json, into, path);
  } else if constexpr (std::same_as<T, bool>) {
    read_boolean(json, into, path);
  } else if constexpr (std::same_as<T, std::int64_t>) {
    read_integer(json, into, path);
  } else if constexpr (std::same_as<T, double>) {
    read_real(json, into, path);
  } else if constexpr (WordEnum<T>) {
    into = static_cast<T>(read_word(json, kWords<T>, path));
  } else if constexpr (kIsOptional<T>) {
    read(json, into.emplace(), path, unknown);
  } else if constexpr (kIsVector<T>) {
    into.clear();
    for (const JsonView& item : items_of(json, path)) {
      const std::size_t index = into.size();
      read(item, into.emplace_back(), Path{&path, {}, index}, unknown);
    }
  } else {
    read_members(json, into, &path, unknown);
  }
}

template <class T>
void append(std::string& out, const T& value) {
  if constexpr (std::same_as<T, Json>) {
    append_text(out, value);
  } else if constexpr (std::same_as<T, std::string>) {
    append_string(out, value);
  } else if constexpr (std::same_as<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::same_as<T, std::int64_t>) {
    append_integer(out, value);
  } else if constexpr (std::same_as<T, double>) {
    append_real(out, value);
  } else if constexpr (WordEnum<T>) {
    append_string(out, word_of(value));
  } else if constexpr (kIsOptional<T>) {
    append(out, *value);
  } else if constexpr (kIsVector<T>) {
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

template <class T>
bool is_absent(const T& field) {
  if constexpr (kIsOptional<T>)
    return !field;
  else if constexpr (kIsVector<T>)
    return field.empty();
  else
    return false;
}

template <class T>
inline constexpr FieldType kFieldType{
    !kIsOptional<T> && !kIsVector<T>,
    [](const void* field) { return is_absent(*static_cast<const T*>(field)); },
    [](const JsonView& json, void* field, const Path& path, Unknown unknown) {
      read(json, *static_cast<T*>(field), path, unknown);
    },
    [](std::string& out, const void* field) { append(out, *static_cast<const T*>(field)); }};

template <class T>
void read_members(const JsonView& json, T& into, const Path* path, Unknown unknown) {
  FieldList fields;
  T::each_field(into, [&]<class F>(std::string_view name, F& field) {
    fields.add({name, &kFieldType<F>, &field});
  });
  Json::Object* unknown_members = nullptr;
  if constexpr (requires { into.unknown_members; }) unknown_members = &into.unknown_members;
  read_fields(json, fields, unknown_members, path, unknown);
}

template <class T>
void append_members(std::string& out, const T& from) {
  // The cast is safe: writing changes nothing. FieldType serves both reading and writing.
  T::each_field(const_cast<T&>(from), [&]<class F>(std::string_view name, F& field) {
    append_field(out, {name, &kFieldType<F>, &field});
  });
  if constexpr (requires { from.unknown_members; }) append_unknown(out, from.unknown_members);
}

}  // namespace fields

// The "kind" of an object; "" without a kind that is a string. Valid as long as `json`.
template <class Value>
std::string_view kind_of(const Value& json) {
  if (const auto kind = json.find("kind"))
    if (const auto text = kind->string()) return *text;
  return {};
}

// The record in `json`, whose kind must be T's. Throws BadLine with the path of the first field
// that is not what it should be.
template <class T>
T from_json(const JsonView& json) {
  T record;
  fields::read_members(json, record, nullptr, fields::Unknown::keep);
  return record;
}

// The same for records that people write. Also throws BadLine for an unknown member of the record
// or of a record in it.
template <class T>
T from_strict_json(const JsonView& json) {
  T record;
  fields::read_members(json, record, nullptr, fields::Unknown::refuse);
  return record;
}

// Throws BadLine for a kind that is none of these:
//   unknown kind "sources"; did you mean "source"?
void check_kind(std::string_view kind, std::span<const std::string_view> known);

// Writes "kind" and then the fields, always in the same order.
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

#define RECORD_COMPILED_ONCE(T)                                                          \
  extern template void fields::read_members<T>(const JsonView&, T&, const fields::Path*, \
                                               fields::Unknown);                         \
  extern template void fields::append_members<T>(std::string&, const T&)
#define COMPILE_RECORD(T)                                                         \
  template void fields::read_members<T>(const JsonView&, T&, const fields::Path*, \
                                        fields::Unknown);                         \
  template void fields::append_members<T>(std::string&, const T&)
