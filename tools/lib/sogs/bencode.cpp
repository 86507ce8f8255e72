#include "sogs/bencode.hpp"

#include <charconv>
#include <cstdint>

namespace {

constexpr std::size_t kMostDigits = 10;
constexpr std::size_t kMostStrings = 8;  // a reply has two

}  // namespace

std::string bencode(const std::vector<std::string_view>& strings) {
  std::string text = "l";
  for (const std::string_view string : strings)
    text.append(std::to_string(string.size())).append(":").append(string);
  return text += "e";
}

Result<std::vector<std::string_view>> parse_bencoded(std::string_view text) {
  std::vector<std::string_view> strings;
  if (text.empty() || text[0] != 'l') return Reason{"not a bencoded list"};
  text.remove_prefix(1);
  while (!text.empty() && text[0] != 'e') {
    const std::size_t digits = text.find_first_not_of("0123456789");
    if (digits == std::string_view::npos || digits == 0 || text[digits] != ':')
      return Reason{"a string without a length"};
    if (digits > kMostDigits) return Reason{"a length of more than 10 digits"};
    if (digits > 1 && text[0] == '0') return Reason{"a length with a leading zero"};
    std::uint64_t size = 0;
    std::from_chars(text.data(), text.data() + digits, size);
    text.remove_prefix(digits + 1);
    if (size > text.size()) return Reason{"a length past the end"};
    if (strings.size() == kMostStrings) return Reason{"a list of too many strings"};
    strings.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  if (text.empty()) return Reason{"a list without an end"};
  if (text.size() > 1) return Reason{"bytes after the list"};
  return strings;
}
