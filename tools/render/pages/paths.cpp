#include "pages/paths.hpp"

#include <cstdint>

#include "base/ascii.hpp"

namespace {

bool is_plain(std::string_view text, std::string_view letters) {
  return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::string_view kSmall = "abcdefghijklmnopqrstuvwxyz0123456789-";
// base32 in lower case: different bytes have different names, also on file systems that ignore
// case.
std::string in_base32(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0, count = 0;
  for (const unsigned char c : text) {
    bits = bits << 8 | c;
    for (count += 8; count >= 5; count -= 5) out += kBase32[bits >> (count - 5) & 31];
  }
  if (count > 0) out += kBase32[bits << (5 - count) & 31];
  return out;
}

}  // namespace

std::string stem_of(std::string_view identifier) {
  std::string stem;
  for (const char c : identifier) {
    if (to_lower(c) != c) stem += '~';
    stem += to_lower(c);
  }
  return stem;
}

std::string community_file(std::string_view identifier) {
  return "c/" + stem_of(identifier) + ".html";
}
std::string qr_file(std::string_view identifier) { return "c/" + stem_of(identifier) + ".png"; }
std::string badge_file(std::string_view identifier) {
  return "badge/" + stem_of(identifier) + ".svg";
}
std::string lookup_file(std::string_view public_key) {
  return "lookup/" + std::string{public_key.substr(0, 2)} + ".json";
}

std::string language_stem(std::string_view code) { return "language-" + std::string{code}; }
std::string topic_stem(std::string_view id) { return "topic-" + std::string{id}; }
std::string tag_stem(std::string_view tag) {
  return is_plain(tag, kSmall) ? "tag-" + std::string{tag} : "tag_" + in_base32(tag);
}
std::string server_stem(std::string_view server_id) { return "server-" + std::string{server_id}; }

std::string page_file(std::string_view stem) { return std::string{stem} + ".html"; }

std::string numbered(std::string_view file, std::size_t page) {
  if (page <= 1) return std::string{file};
  const auto dot = file.rfind('.');
  return std::string{file.substr(0, dot)} + "_" + std::to_string(page) +
         std::string{file.substr(dot)};
}
