#ifdef __SSE2__
#define RAPIDJSON_SSE2
#endif

#include "ndjson/json.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>

namespace {

using Token = JsonView::Token;
using Kind = JsonView::Kind;

// Lists RapidJSON's events as tokens, and stops at the limits.
class Lister {
 public:
  // `has_escapes`: surrogates may stand in the text, as \uD800.
  Lister(const JsonLimits& limits, bool has_escapes, std::vector<Token>& tokens)
      : limits_{limits}, has_escapes_{has_escapes}, tokens_{tokens} {}

  bool Null() { return add(Kind::kNull); }
  bool Bool(bool value) { return add(value ? Kind::kTrue : Kind::kFalse); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return add(Kind::kNumber, {text, size});
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return !has_lone_surrogate({text, size}) && add(Kind::kString, {text, size});
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    if (has_lone_surrogate({text, size})) return false;
    push({Kind::kString, 1, {text, size}});
    return true;
  }
  bool StartObject() { return open(Kind::kObject); }
  bool StartArray() { return open(Kind::kArray); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  // Never called: kParseNumbersAsStringsFlag sends every number to RawNumber.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  const std::string& limit_hit() const { return limit_hit_; }

 private:
  bool add(Kind kind, std::string_view text = {}) {
    if (++values_ > limits_.values) {
      limit_hit_ = "more than " + std::to_string(limits_.values) + " values";
      return false;
    }
    push({kind, 1, text});
    return true;
  }
  bool open(Kind kind) {
    if (open_.size() >= limits_.depth) {
      limit_hit_ = "nested more than " + std::to_string(limits_.depth) + " deep";
      return false;
    }
    open_.push_back(count_);
    return add(kind);
  }
  bool close() {
    tokens_[open_.back()].size = static_cast<std::uint32_t>(count_ - open_.back());
    open_.pop_back();
    return true;
  }

  // The vector keeps the size it had for longer texts.
  void push(const Token& token) {
    if (count_ == tokens_.size()) tokens_.resize(std::max<std::size_t>(64, 2 * count_));
    tokens_[count_++] = token;
  }

  // RapidJSON 1.1 takes a low surrogate that stands alone.
  bool has_lone_surrogate(std::string_view text) {
    if (!has_escapes_) return false;
    for (auto at = text.find('\xed'); at != std::string_view::npos; at = text.find('\xed', at + 1))
      if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xa0) {
        limit_hit_ = "half of a surrogate pair";
        return true;
      }
    return false;
  }

  const JsonLimits& limits_;
  bool has_escapes_;
  std::vector<Token>& tokens_;
  std::size_t count_ = 0;
  std::size_t values_ = 0;
  std::string limit_hit_;
  std::vector<std::size_t> open_;
};

std::optional<std::int64_t> integer_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> real_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

}  // namespace

Json::Json() = default;
Json::Json(bool value) : value_{value} {}
Json::Json(std::string text) : value_{std::move(text)} {}
Json::Json(std::string_view text) : value_{std::string{text}} {}
Json::Json(const char* text) : value_{std::string{text}} {}
Json::Json(Array items) : value_{std::move(items)} {}
Json::Json(Object members) : value_{std::move(members)} {}
Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;

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
  return text ? integer_of(*text) : std::nullopt;
}

std::optional<double> Json::real() const {
  const std::string* text = number_text();
  return text ? real_of(*text) : std::nullopt;
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
  if (const auto* items = array()) return *items == *other.array();
  if (const auto* members = object()) return *members == *other.object();
  if (const auto* text = string()) return *text == *other.string();
  if (const auto* number = number_text()) return *number == *other.number_text();
  if (const auto* truth = boolean()) return *truth == *other.boolean();
  return true;
}

std::optional<bool> JsonView::boolean() const {
  if (at_->kind != Kind::kTrue && at_->kind != Kind::kFalse) return std::nullopt;
  return at_->kind == Kind::kTrue;
}

std::optional<std::string_view> JsonView::string() const {
  return at_->kind == Kind::kString ? std::optional{at_->text} : std::nullopt;
}

std::optional<std::int64_t> JsonView::integer() const {
  return at_->kind == Kind::kNumber ? integer_of(at_->text) : std::nullopt;
}

std::optional<double> JsonView::real() const {
  return at_->kind == Kind::kNumber ? real_of(at_->text) : std::nullopt;
}

std::optional<JsonView::Items<JsonView>> JsonView::array() const {
  return at_->kind == Kind::kArray ? std::optional{Items<JsonView>{at_}} : std::nullopt;
}

std::optional<JsonView::Items<JsonView::Member>> JsonView::object() const {
  return at_->kind == Kind::kObject ? std::optional{Items<Member>{at_}} : std::nullopt;
}

std::optional<JsonView> JsonView::find(std::string_view name) const {
  if (const auto members = object())
    for (const Member member : *members)
      if (member.name == name) return member.value;
  return std::nullopt;
}

Json JsonView::json() const {
  if (const auto items = array()) {
    Json::Array copies;
    for (const JsonView item : *items) copies.push_back(item.json());
    return Json{std::move(copies)};
  }
  if (const auto members = object()) {
    Json::Object copies;
    for (const Member member : *members)
      copies.push_back({std::string{member.name}, member.value.json()});
    return Json{std::move(copies)};
  }
  if (const auto text = string()) return Json{*text};
  if (const auto truth = boolean()) return Json{*truth};
  return at_->kind == Kind::kNumber ? Json::number(std::string{at_->text}) : Json{};
}

namespace {

// Iterative, because the recursive parser overflows the stack on deep input.
constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                            rapidjson::kParseInsituFlag;

// What is wrong, in words. RapidJSON's own words for the usual slips do not say what to write.
std::string_view words_of(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorObjectMissName:
      return "expected a name in double quotes";
    case rapidjson::kParseErrorValueInvalid:
      return "expected a value: a text in double quotes, a number, true, false, null, [ or {";
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return "expected nothing after the object";
    default:
      return rapidjson::GetParseError_En(code);
  }
}

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

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

Result<JsonView> JsonText::read(std::string_view text, const JsonLimits& limits) {
  // RapidJSON 1.1 takes a NUL for the end of the text, and so misses what follows it.
  if (text.find('\0') != std::string_view::npos) return Reason{"a NUL byte, as in UTF-16"};
  // Before, because RapidJSON's own check takes four times as long as its parsing.
  if (const auto end = end_of_good(text); end != text.size())
    return Reason{"Invalid encoding in string. (at byte " + std::to_string(end) + ")"};
  // RapidJSON 1.1 passes over each byte of a byte order mark alone, too.
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  constexpr std::size_t kReadAhead = 32;  // RapidJSON looks at 16 bytes at a time
  text_.reserve(text.size() + kReadAhead);
  text_ = text;
  Lister lister{limits, text.find('\\') != std::string_view::npos, tokens_};
  rapidjson::InsituStringStream stream{text_.data()};
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, lister);
  if (!result.IsError()) return JsonView{tokens_.data()};
  if (!lister.limit_hit().empty()) return Reason{lister.limit_hit()};
  if (result.Code() == rapidjson::kParseErrorDocumentEmpty) return Reason{"it is empty"};
  return Reason{std::string{words_of(result.Code())} + " (at byte " +
                std::to_string(result.Offset()) + ")"};
}

std::string_view JsonText::take(std::string_view name) {
  if (!JsonView{tokens_.data()}.object()) return {};
  for (std::size_t at = 1; at < tokens_.front().size; at += 1 + tokens_[at + 1].size)
    if (tokens_[at].text == name && tokens_[at + 1].kind == Kind::kString)
      return std::exchange(tokens_[at + 1].text, {});
  return {};
}

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  JsonText read;
  const Result<JsonView> value = read.read(text, limits);
  if (!value) return Reason{value.reason()};
  return value->json();
}

namespace {

bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

// How much of the text needs no escaping, from its front.
std::size_t plain_size(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kTops = 0x80 * kOnes;
  const auto has_zero = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes & kTops; };
  std::size_t i = 0;
  for (std::uint64_t eight; i + sizeof eight <= text.size(); i += sizeof eight) {
    std::memcpy(&eight, text.data() + i, sizeof eight);
    const std::uint64_t controls = (eight - 0x20 * kOnes) & ~eight & kTops;
    if ((has_zero(eight ^ ('"' * kOnes)) | has_zero(eight ^ ('\\' * kOnes)) | controls) != 0) break;
  }
  while (i < text.size() && is_plain(text[i])) ++i;
  return i;
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  out.push_back('"');
  for (;;) {
    const std::size_t plain = plain_size(text);
    out.append(text.substr(0, plain));
    if (plain == text.size()) break;
    const char c = text[plain];
    const auto letter = std::string_view{"\"\\\b\f\n\r\t"}.find(c);
    if (letter != std::string_view::npos)
      out.append({'\\', "\"\\bfnrt"[letter]});
    else
      out.append("\\u00").append({kHex[c >> 4], kHex[c & 15]});
    text.remove_prefix(plain + 1);
  }
  out.push_back('"');
}

void append_text(std::string& out, const Json& value) {
  const auto list = [&out](const auto& items, char open, char close, auto&& append) {
    out.push_back(open);
    for (const auto& item : items) {
      if (&item != &items.front()) out.push_back(',');
      append(item);
    }
    out.push_back(close);
  };
  if (const auto* boolean = value.boolean()) {
    out.append(*boolean ? "true" : "false");
  } else if (const auto* number = value.number_text()) {
    out.append(*number);
  } else if (const auto* text = value.string()) {
    append_string(out, *text);
  } else if (const auto* items = value.array()) {
    list(*items, '[', ']', [&out](const Json& item) { append_text(out, item); });
  } else if (const auto* members = value.object()) {
    list(*members, '{', '}', [&out](const JsonMember& member) {
      append_string(out, member.name);
      out.push_back(':');
      append_text(out, member.value);
    });
  } else {
    out.append("null");
  }
}

std::string to_text(const Json& value) {
  std::string text;
  append_text(text, value);
  return text;
}
