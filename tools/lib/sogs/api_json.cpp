#include "sogs/api_json.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

#include "text/clean.hpp"

namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";

// The number in "\uXXXX" at `at`, or nothing if that is not what stands there.
std::optional<std::uint32_t> escaped_at(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  std::uint32_t unit = 0;
  const char* const end = text.data() + at + 6;
  const auto [stop, error] = std::from_chars(text.data() + at + 2, end, unit, 16);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return unit;
}

bool is_high(std::uint32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(std::uint32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

std::string mend(std::string_view body) {
  const std::string text = mend_utf8(body);
  std::string mended;
  mended.reserve(text.size());
  bool in_string = false;
  for (std::size_t i = 0; i < text.size();) {
    const auto unit = in_string ? escaped_at(text, i) : std::nullopt;
    std::size_t size = 1;
    bool is_bad = false;
    if (unit) {
      const auto next = escaped_at(text, i + 6);
      const bool is_pair = is_high(*unit) && next && is_low(*next);
      is_bad = !is_pair && (is_high(*unit) || is_low(*unit));
      size = is_pair ? 12 : 6;
    } else if (in_string && text[i] == '\\') {
      size = 2;
    } else if (text[i] == '"') {
      in_string = !in_string;
    } else {
      is_bad = in_string && static_cast<unsigned char>(text[i]) < 0x20;
    }
    if (is_bad)
      mended += kReplacement;
    else
      mended.append(text, i, size);
    i += size;
  }
  return mended;
}

}  // namespace

Result<Json> parse_api_json(std::string_view body) {
  Result<Json> parsed = parse_json(body, kApiLimits);
  return parsed ? std::move(parsed) : parse_json(mend(body), kApiLimits);
}
