// Records that people write are strict: a member that nobody knows is an error, which names
// the nearest known one. Only records from programs carry unknown members through.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/nearest.hpp"
#include "record/fields.hpp"

// Throws BadLine for an unknown member of the record, or of a record in it.
template <class T>
void refuse_unknown_members(T& record, const fields::Path* path = nullptr) {
  std::vector<std::string_view> names;
  if (!path) names.push_back("kind");
  T::each_field(record, [&](std::string_view name, auto&) { names.push_back(name); });
  for (const JsonMember& member : record.unknown_members)
    throw BadLine{"\"" + fields::Path{path, member.name}.text() + "\" is not a known member" +
                  did_you_mean(member.name, names)};
  T::each_field(record, [&](std::string_view name, auto& field) {
    using Field = std::remove_reference_t<decltype(field)>;
    const fields::Path at{path, name};
    if constexpr (fields::IsVector<Field>::value) {
      if constexpr (requires { field.front().unknown_members; })
        for (std::size_t i = 0; i < field.size(); ++i) {
          const fields::Path item{&at, {}, i};
          refuse_unknown_members(field[i], &item);
        }
    } else if constexpr (requires { field->unknown_members; }) {
      if (field) refuse_unknown_members(*field, &at);
    }
  });
}

// The record in `json`. Throws BadLine as from_json() does, and for an unknown member:
//   unknown member "hiden"; did you mean "hidden"?
template <class T>
T from_strict_json(const Json& json) {
  T record = from_json<T>(json);
  std::vector<std::string_view> known{"kind"};
  T::each_field(record, [&](std::string_view name, const auto&) { known.push_back(name); });
  for (const JsonMember& member : *json.object())
    if (std::find(known.begin(), known.end(), member.name) == known.end())
      throw BadLine{"unknown member " + to_text(Json{member.name}) +
                    did_you_mean(member.name, known)};
  return record;
}

// Throws BadLine for a kind that is none of these:
//   unknown kind "sources"; did you mean "source"?
inline void check_kind(std::string_view kind, std::span<const std::string_view> known) {
  if (std::find(known.begin(), known.end(), kind) != known.end()) return;
  std::string text = "unknown kind " + to_text(Json{kind});
  if (const std::string hint = did_you_mean(kind, known); !hint.empty()) throw BadLine{text + hint};
  text += "; known:";
  for (const std::string_view one : known) text += " " + std::string{one};
  throw BadLine{text};
}
