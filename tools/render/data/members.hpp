// The members of a published JSON object, in the order in which they are added. Unknown values are
// left out.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/community.hpp"
#include "ndjson/json.hpp"

class Members {
 public:
  void add(const char* name, Json value) { members_.push_back({name, std::move(value)}); }
  void text(const char* name, std::string_view value) {
    if (!value.empty()) add(name, Json{value});
  }
  void number(const char* name, const std::optional<std::int64_t>& value) {
    if (value) add(name, Json::integer(*value));
  }
  void real(const char* name, const std::optional<double>& value) {
    if (value) add(name, Json::real(*value));
  }
  void flag(const char* name, const std::optional<bool>& value) {
    if (value) add(name, Json{*value});
  }
  Json take() { return Json{std::move(members_)}; }

 private:
  Json::Object members_;
};

inline Json texts(const std::vector<std::string>& values) {
  Json::Array items;
  for (const std::string& value : values) items.emplace_back(value);
  return Json{std::move(items)};
}

inline Json texts(const std::vector<Tag>& tags) {
  Json::Array items;
  for (const Tag& tag : tags) items.emplace_back(tag.text);
  return Json{std::move(items)};
}
