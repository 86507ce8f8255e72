// One JSON value (RFC 8259). Numbers keep the text they were written with, so
// that a value read and written again is the value that was there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

struct JsonMember;

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<JsonMember>;  // in the order of the text

  Json() = default;  // null
  explicit Json(bool value) : value_{value} {}
  Json(std::string text) : value_{std::move(text)} {}
  Json(std::string_view text) : value_{std::string{text}} {}
  Json(const char* text) : value_{std::string{text}} {}
  Json(Array items) : value_{std::move(items)} {}
  Json(Object members) : value_{std::move(members)} {}
  static Json integer(std::int64_t value);
  static Json real(double value);        // shortest text that reads back equal; not finite: null
  static Json number(std::string text);  // `text` must be a JSON number

  bool is_null() const { return value_.index() == 0; }
  // What the value is, or null / nothing if it is something else.
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const std::string* string() const { return std::get_if<std::string>(&value_); }
  const Array* array() const { return std::get_if<Array>(&value_); }
  Array* array() { return std::get_if<Array>(&value_); }
  const Object* object() const { return std::get_if<Object>(&value_); }
  Object* object() { return std::get_if<Object>(&value_); }
  const std::string* number_text() const;
  std::optional<std::int64_t> integer() const;  // a number without fraction that fits
  std::optional<double> real() const;           // any finite number

  // The first member of that name; null when this is no object or has none.
  const Json* find(std::string_view name) const;

  bool operator==(const Json&) const;

 private:
  struct Number {
    std::string text;
    bool operator==(const Number&) const = default;
  };
  std::variant<std::monostate, bool, Number, std::string, Array, Object> value_;
};

struct JsonMember {
  std::string name;
  Json value;
  bool operator==(const JsonMember&) const = default;
};

// Bounds for one text; past them it is refused.
struct JsonLimits {
  std::size_t depth = 64;           // nested arrays and objects
  std::size_t values = 10'000'000;  // values of every kind, names not counted
};

// The one value in `text`: valid UTF-8, nothing but white space around it.
Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

// The shortest text of the value, without white space or newline.
void append_text(std::string& out, const Json& value);
std::string to_text(const Json& value);
