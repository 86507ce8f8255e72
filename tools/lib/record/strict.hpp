// Records that people write are strict: a member that nobody knows is an error, which names
// the nearest known one. Only records from programs carry unknown members through.
#pragma once

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
    throw BadLine{"\"" + fields::Path{path, member.name}.text() + "\" is no known member" +
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
