#include "pages/names.hpp"

#include <algorithm>
#include <cstdint>

#include "url/join_url.hpp"

namespace {

bool is_plain(std::string_view text, std::string_view letters) {
  return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

constexpr std::string_view kSmall = "abcdefghijklmnopqrstuvwxyz0123456789-";
constexpr std::string_view kHex = "0123456789abcdef";

// FNV-1a: the same on every machine.
std::string hash_text(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const unsigned char c : text) hash = (hash ^ c) * 0x100000001b3;
  std::string out(16, '0');
  for (auto digit = out.rbegin(); digit != out.rend(); ++digit, hash >>= 4)
    *digit = kHex[hash & 15];
  return out;
}

}  // namespace

bool is_server_id(std::string_view text) {
  return text.size() >= 8 && text.size() <= 64 && is_plain(text, kHex);
}

bool is_identifier(std::string_view text) {
  const auto plus = text.find('+');
  return plus != std::string_view::npos && is_token(text.substr(0, plus)) &&
         is_server_id(text.substr(plus + 1));
}

std::string stem_of(std::string_view identifier) {
  std::string stem;
  for (const char c : identifier) {
    if (c >= 'A' && c <= 'Z') {
      stem += '~';
      stem += static_cast<char>(c - 'A' + 'a');
    } else {
      stem += c;
    }
  }
  return stem;
}

std::string community_file(std::string_view identifier) {
  return "c/" + stem_of(identifier) + ".html";
}
std::string qr_file(std::string_view identifier) { return "c/" + stem_of(identifier) + ".svg"; }
std::string badge_file(std::string_view identifier) {
  return "badge/" + stem_of(identifier) + ".svg";
}
std::string lookup_file(std::string_view public_key) {
  return "lookup/" + std::string{public_key.substr(0, 2)} + ".json";
}

std::string language_stem(std::string_view code) { return "language-" + std::string{code}; }
std::string tag_stem(std::string_view tag) {
  return is_plain(tag, kSmall) ? "tag-" + std::string{tag} : "tag_" + hash_text(tag);
}
std::string server_stem(std::string_view server_id) { return "server-" + std::string{server_id}; }

std::string page_file(std::string_view stem, std::size_t page) {
  return std::string{stem} + (page > 1 ? "_" + std::to_string(page) : "") + ".html";
}
