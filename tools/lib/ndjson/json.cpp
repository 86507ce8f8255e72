#ifdef __SSE2__
#define RAPIDJSON_SSE2
#endif

#include "ndjson/json.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
// The writer of RapidJSON 1.1 with SSE2 leaves 0x1a to 0x1f as they are in strings.
#undef RAPIDJSON_SSE2
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace {

// Builds a Json from RapidJSON's events, and stops at the limits.
class Builder {
 public:
  explicit Builder(const JsonLimits& limits, std::string_view big_name = {},
                   std::string_view* big = nullptr)
      : limits_{limits}, big_name_{big_name}, big_{big} {}

  bool Null() { return add(Json{}); }
  bool Bool(bool value) { return add(Json{value}); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return add(Json::number({text, size}));
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view value{text, size};
    if (has_lone_surrogate(value)) return false;
    if (!is_big_) return add(Json{value});
    *std::exchange(big_, nullptr) = value;
    return add(Json{""});
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view name{text, size};
    if (has_lone_surrogate(name)) return false;
    is_big_ = big_ && open_.size() == 1 && name == big_name_;
    open_.back()->object()->push_back({std::string{name}, Json{}});
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
  bool add(Json value) {
    is_big_ = false;
    return place(std::move(value)) != nullptr;
  }
  bool open(Json value) {
    if (open_.size() >= limits_.depth) {
      limit_hit_ = "nested more than " + std::to_string(limits_.depth) + " deep";
      return false;
    }
    is_big_ = false;
    Json* placed = place(std::move(value));
    if (placed) open_.push_back(placed);
    return placed != nullptr;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  // RapidJSON 1.1 takes a low surrogate that stands alone.
  bool has_lone_surrogate(std::string_view text) {
    for (auto at = text.find('\xed'); at != std::string_view::npos; at = text.find('\xed', at + 1))
      if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xa0) {
        limit_hit_ = "half of a surrogate pair";
        return true;
      }
    return false;
  }

  const JsonLimits& limits_;
  std::string_view big_name_;
  std::string_view* big_;
  bool is_big_ = false;  // the next value is the one called big_name_
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

namespace {

// Iterative, because the recursive parser overflows the stack on deep input.
constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
// RapidJSON 1.1 takes a NUL for the end of the text, and so misses what follows it.
const Reason kHasNul{"a NUL byte"};

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
// RapidJSON 1.1 passes over each byte of a byte order mark alone, too.
std::string_view without_mark(std::string_view text) {
  return text.starts_with(kByteOrderMark) ? text.substr(kByteOrderMark.size()) : text;
}

Result<Json> built(const rapidjson::ParseResult& result, Builder& builder) {
  if (!result.IsError()) return builder.take();
  if (!builder.limit_hit().empty()) return Reason{builder.limit_hit()};
  return Reason{std::string{rapidjson::GetParseError_En(result.Code())} + " (at byte " +
                std::to_string(result.Offset()) + ")"};
}

// Where the first byte stands that is no UTF-8, or a control character that RapidJSON
// with SSE2 overlooks in strings; text.size() if there is none.
std::size_t end_of_good(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
  for (std::size_t i = 0; i < text.size();) {
    std::uint64_t eight;
    if (i + sizeof eight <= text.size()) {
      std::memcpy(&eight, text.data() + i, sizeof eight);
      const std::uint64_t controls = eight - 0x2020202020202020;  // their top bits, in ASCII
      if (((eight | controls) & 0x8080808080808080) == 0) {
        i += sizeof eight;
        continue;
      }
    }
    const unsigned first = byte(i), second = byte(i + 1);
    if (first >= 0x1a && first < 0x20) {
      return i;
    } else if (first < 0x80) {
      i += 1;
    } else if (first >= 0xc2 && first < 0xe0 && follows(i + 1)) {
      i += 2;
    } else if (first >= 0xe0 && first < 0xf0 && follows(i + 1) && follows(i + 2) &&
               !(first == 0xe0 && second < 0xa0) && !(first == 0xed && second >= 0xa0)) {
      i += 3;
    } else if (first >= 0xf0 && first < 0xf5 && follows(i + 1) && follows(i + 2) &&
               follows(i + 3) && !(first == 0xf0 && second < 0x90) &&
               !(first == 0xf4 && second >= 0x90)) {
      i += 4;
    } else {
      return i;
    }
  }
  return text.size();
}

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.find('\0') != std::string_view::npos) return kHasNul;
  text = without_mark(text);
  if (!text.empty() && kByteOrderMark.find(text[0]) != std::string_view::npos)
    return Reason{"Invalid value. (at byte 0)"};
  Builder builder{limits};
  rapidjson::MemoryStream bytes{text.data(), text.size()};
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream{bytes};
  rapidjson::Reader reader;
  return built(reader.Parse<kFlags | rapidjson::kParseValidateEncodingFlag>(stream, builder),
               builder);
}

Result<Json> parse_json_in_place(std::string& text, std::string_view name, std::string_view& big,
                                 const JsonLimits& limits) {
  if (text.find('\0') != std::string::npos) return kHasNul;
  // Before, because RapidJSON's own check takes four times as long as its parsing.
  if (const auto end = end_of_good(text); end != text.size())
    return Reason{"Invalid encoding in string. (at byte " + std::to_string(end) + ")"};
  constexpr std::size_t kReadAhead = 32;  // RapidJSON looks at 16 bytes at a time
  if (text.capacity() < text.size() + kReadAhead) text.reserve(text.size() + kReadAhead);
  Builder builder{limits, name, &big};
  rapidjson::InsituStringStream stream{text.data() + (text.size() - without_mark(text).size())};
  rapidjson::Reader reader;
  return built(reader.Parse<kFlags | rapidjson::kParseInsituFlag>(stream, builder), builder);
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
