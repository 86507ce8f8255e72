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

  Json();  // null
  explicit Json(bool value);
  Json(std::string text);
  Json(std::string_view text);
  Json(const char* text);
  Json(Array items);
  Json(Object members);
  Json(const Json&);
  Json(Json&&) noexcept;
  Json& operator=(const Json&);
  Json& operator=(Json&&) noexcept;
  ~Json();
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
  };
  std::variant<std::monostate, bool, Number, std::string, Array, Object> value_;
};

struct JsonMember {
  std::string name;
  Json value;
  bool operator==(const JsonMember& other) const {
    return name == other.name && value == other.value;
  }
};

// Here, and not above, because clang wants a whole JsonMember for them.
inline Json::Json() = default;
inline Json::Json(bool value) : value_{value} {}
inline Json::Json(std::string text) : value_{std::move(text)} {}
inline Json::Json(std::string_view text) : value_{std::string{text}} {}
inline Json::Json(const char* text) : value_{std::string{text}} {}
inline Json::Json(Array items) : value_{std::move(items)} {}
inline Json::Json(Object members) : value_{std::move(members)} {}
inline Json::Json(const Json&) = default;
inline Json::Json(Json&&) noexcept = default;
inline Json& Json::operator=(const Json&) = default;
inline Json& Json::operator=(Json&&) noexcept = default;
inline Json::~Json() = default;

// Bounds for one text; past them it is refused.
struct JsonLimits {
  std::size_t depth = 64;           // nested arrays and objects
  std::size_t values = 10'000'000;  // values of every kind, names not counted
};

// The one value in `text`: valid UTF-8, nothing but white space around it, and perhaps
// a byte order mark in front.
Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

// The same for a text with one big string in it, a page's body: in the object
// that is the value, the string called `name` is not copied. It comes out as
// `big`, which points into `text`; "" stands in its place. `text` is used up.
Result<Json> parse_json_in_place(std::string& text, std::string_view name, std::string_view& big,
                                 const JsonLimits& limits = {});

// The shortest text of the value, without white space or newline.
void append_text(std::string& out, const Json& value);
std::string to_text(const Json& value);
