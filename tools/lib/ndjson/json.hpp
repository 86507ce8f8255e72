// One JSON value (RFC 8259). A number keeps its text, so that reading and writing a value does
// not change it.
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

// A value inside a JsonText: strings are parts of that text, and nothing is copied. It has the
// questions of Json, and is valid as long as the JsonText.
class JsonView {
 public:
  enum class Kind : std::uint8_t { kNull, kFalse, kTrue, kNumber, kString, kArray, kObject };
  struct Token {
    Kind kind;
    std::uint32_t size;     // in tokens, this one and all that is in it
    std::string_view text;  // of a string or a number
  };
  struct Member;
  template <class Item>
  class Items;

  explicit JsonView(const Token* at) : at_{at} {}

  std::optional<bool> boolean() const;
  std::optional<std::string_view> string() const;
  std::optional<std::int64_t> integer() const;
  std::optional<double> real() const;
  std::optional<Items<JsonView>> array() const;
  std::optional<Items<Member>> object() const;  // in an object each value stands behind its name
  std::optional<JsonView> find(std::string_view name) const;

  Json json() const;  // a copy that stays

 private:
  friend struct Member;
  const Token* at_;
};

struct JsonView::Member {
  explicit Member(const Token* at) : name{at->text}, value{at + 1} {}
  static const Token* after(const Token* at) { return at + 1 + at[1].size; }
  std::string_view name;
  JsonView value;
};

template <class Item>
class JsonView::Items {
 public:
  class Place {
   public:
    explicit Place(const Token* at) : at_{at} {}
    Item operator*() const { return Item{at_}; }
    Place& operator++() {
      if constexpr (requires { Item::after(at_); })
        at_ = Item::after(at_);
      else
        at_ += at_->size;
      return *this;
    }
    bool operator==(const Place&) const = default;

   private:
    const Token* at_;
  };
  explicit Items(const Token* of) : of_{of} {}
  Place begin() const { return Place{of_ + 1}; }
  Place end() const { return Place{of_ + of_->size}; }

 private:
  const Token* of_;
};

// Bounds for one text; past them it is refused.
struct JsonLimits {
  std::size_t depth = 64;           // nested arrays and objects
  std::size_t values = 10'000'000;  // values of every kind, names not counted
};

// The one value in `text`: valid UTF-8, nothing but white space around it, and perhaps
// a byte order mark in front.
Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

// A text and the values in it. Reading the next text reuses its memory.
class JsonText {
 public:
  // As parse_json(). The view is valid until the next text is read.
  Result<JsonView> read(std::string_view text, const JsonLimits& limits = {});

  // Takes the string called `name` (the body of a page) out of the object that was read, and
  // leaves "" there. It is valid as long as the view.
  std::string_view take(std::string_view name);

 private:
  std::string text_;
  std::vector<JsonView::Token> tokens_;
};

// The shortest text of the value, without white space or newline.
void append_text(std::string& out, const Json& value);
void append_string(std::string& out, std::string_view text);  // in quotes, escaped
std::string to_text(const Json& value);
