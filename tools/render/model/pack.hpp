// Turns structs into bytes and back, for the spool (a temporary file that only this process reads).
// A struct lists its fields:
//
//   template <class Self, class Visit>
//   static void each_field(Self& self, Visit&& visit) { visit(self.a); visit(self.b); }
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "record/fields.hpp"

template <class T>
void pack(std::string& out, const T& value) {
  if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    pack(out, static_cast<std::uint32_t>(value.size()));
    out.append(value);
  } else if constexpr (fields::kIsOptional<T>) {
    pack(out, value.has_value());
    if (value) pack(out, *value);
  } else if constexpr (fields::kIsVector<T>) {
    pack(out, static_cast<std::uint32_t>(value.size()));
    for (const auto& item : value) pack(out, item);
  } else {
    T::each_field(value, [&out](const auto& field) { pack(out, field); });
  }
}

template <class T>
void unpack(std::string_view& in, T& value) {
  if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    std::memcpy(&value, in.data(), sizeof value);
    in.remove_prefix(sizeof value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    std::uint32_t size = 0;
    unpack(in, size);
    value.assign(in.data(), size);
    in.remove_prefix(size);
  } else if constexpr (fields::kIsOptional<T>) {
    bool has = false;
    unpack(in, has);
    value.reset();
    if (has) unpack(in, value.emplace());
  } else if constexpr (fields::kIsVector<T>) {
    std::uint32_t size = 0;
    unpack(in, size);
    value.resize(size);
    for (auto& item : value) unpack(in, item);
  } else {
    T::each_field(value, [&in](auto& field) { unpack(in, field); });
  }
}
