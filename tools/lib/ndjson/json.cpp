#include "ndjson/json.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace {

// Builds a Json from RapidJSON's events, and stops at the limits.
class Builder {
 public:
  explicit Builder(const JsonLimits& limits) : limits_{limits} {}

  bool Null() { return add(Json{}); }
  bool Bool(bool value) { return add(Json{value}); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return add(Json::number({text, size}));
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return add(Json{std::string_view{text, size}});
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    open_.back()->object()->push_back({std::string{text, size}, Json{}});
    return true;
  }
  bool StartObject() { return open(Json{Json::Object{}}); }
  bool StartArray() { return open(Json{Json::Array{}}); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  // Never called: kParseNumbersAsStringsFlag sends every number to RawNumber.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  Json take() { return std::move(root_); }
  const std::string& limit_hit() const { return limit_hit_; }

 private:
  Json* place(Json value) {
    if (++values_ > limits_.values) {
      limit_hit_ = "more than " + std::to_string(limits_.values) + " values";
      return nullptr;
    }
    if (open_.empty()) return &(root_ = std::move(value));
    if (auto* items = open_.back()->array()) return &items->emplace_back(std::move(value));
    return &(open_.back()->object()->back().value = std::move(value));
  }
  bool add(Json value) { return place(std::move(value)) != nullptr; }
  bool open(Json value) {
    if (open_.size() >= limits_.depth) {
      limit_hit_ = "nested more than " + std::to_string(limits_.depth) + " deep";
      return false;
    }
    Json* placed = place(std::move(value));
    if (placed) open_.push_back(placed);
    return placed != nullptr;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  const JsonLimits& limits_;
  std::size_t values_ = 0;
  std::string limit_hit_;
  Json root_;
  // Pointers stay good: a container grows only while it is the innermost one.
  std::vector<Json*> open_;
};

using TextWriter = rapidjson::Writer<rapidjson::StringBuffer>;

void write(TextWriter& out, const Json& value) {
  if (const auto* boolean = value.boolean()) {
    out.Bool(*boolean);
  } else if (const auto* number = value.number_text()) {
    out.RawValue(number->data(), number->size(), rapidjson::kNumberType);
  } else if (const auto* text = value.string()) {
    out.String(text->data(), static_cast<rapidjson::SizeType>(text->size()));
  } else if (const auto* items = value.array()) {
    out.StartArray();
    for (const Json& item : *items) write(out, item);
    out.EndArray();
  } else if (const auto* members = value.object()) {
    out.StartObject();
    for (const JsonMember& member : *members) {
      out.Key(member.name.data(), static_cast<rapidjson::SizeType>(member.name.size()));
      write(out, member.value);
    }
    out.EndObject();
  } else {
    out.Null();
  }
}

}  // namespace

Json Json::integer(std::int64_t value) { return number(std::to_string(value)); }

Json Json::real(double value) {
  if (!std::isfinite(value)) return {};
  char text[32];
  return number({text, std::to_chars(text, text + sizeof text, value).ptr});
}

Json Json::number(std::string text) {
  Json json;
  json.value_ = Number{std::move(text)};
  return json;
}

const std::string* Json::number_text() const {
  const auto* number = std::get_if<Number>(&value_);
  return number ? &number->text : nullptr;
}

std::optional<std::int64_t> Json::integer() const {
  const std::string* text = number_text();
  std::int64_t value = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return value;
}

std::optional<double> Json::real() const {
  const std::string* text = number_text();
  double value = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

const Json* Json::find(std::string_view name) const {
  if (const Object* members = object())
    for (const JsonMember& member : *members)
      if (member.name == name) return &member.value;
  return nullptr;
}

// By hand: clang 14 crashes on the one that std::variant would make.
bool Json::operator==(const Json& other) const {
  if (value_.index() != other.value_.index()) return false;
  if (const auto* items = array())
    return std::equal(items->begin(), items->end(), other.array()->begin(), other.array()->end());
  if (const auto* members = object())
    return std::equal(members->begin(), members->end(), other.object()->begin(),
                      other.object()->end(), [](const JsonMember& a, const JsonMember& b) {
                        return a.name == b.name && a.value == b.value;
                      });
  if (const auto* text = string()) return *text == *other.string();
  if (const auto* number = number_text()) return *number == *other.number_text();
  if (const auto* truth = boolean()) return *truth == *other.boolean();
  return true;
}

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  // RapidJSON 1.1 takes a NUL for the end of the text, and so misses what follows it.
  if (text.find('\0') != std::string_view::npos) return Reason{"a NUL byte"};
  // Iterative, because the recursive parser overflows the stack on deep input.
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  Builder builder{limits};
  rapidjson::MemoryStream bytes{text.data(), text.size()};
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream{bytes};
  rapidjson::Reader reader;
  if (const auto result = reader.Parse<kFlags>(stream, builder); result.IsError()) {
    if (!builder.limit_hit().empty()) return Reason{builder.limit_hit()};
    return Reason{std::string{rapidjson::GetParseError_En(result.Code())} + " (at byte " +
                  std::to_string(result.Offset()) + ")"};
  }
  return builder.take();
}

void append_text(std::string& out, const Json& value) {
  rapidjson::StringBuffer buffer;
  TextWriter writer{buffer};
  write(writer, value);
  out.append(buffer.GetString(), buffer.GetSize());
}

std::string to_text(const Json& value) {
  std::string text;
  append_text(text, value);
  return text;
}
