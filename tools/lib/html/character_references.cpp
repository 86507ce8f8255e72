#include "html/character_references.hpp"

#include <algorithm>
#include <iterator>

#include "base/ascii.hpp"
#include "text/characters.hpp"

namespace {

constexpr std::size_t kLongestName = 20;  // of the entities below

struct Entity {
  std::string_view name;
  std::uint32_t code_point;
};
// The names of characters that can stand in a link, end it, or hide in it. Sorted.
constexpr Entity kEntities[] = {{"NewLine", '\n'},
                                {"NoBreak", 0x2060},
                                {"Tab", '\t'},
                                {"UnderBar", '_'},
                                {"ZeroWidthSpace", 0x200b},
                                {"amp", '&'},
                                {"apos", '\''},
                                {"ast", '*'},
                                {"bsol", '\\'},
                                {"colon", ':'},
                                {"comma", ','},
                                {"commat", '@'},
                                {"dollar", '$'},
                                {"emsp", 0x2003},
                                {"ensp", 0x2002},
                                {"equals", '='},
                                {"excl", '!'},
                                {"grave", '`'},
                                {"gt", '>'},
                                {"hairsp", 0x200a},
                                {"lbrace", '{'},
                                {"lbrack", '['},
                                {"lcub", '{'},
                                {"lowbar", '_'},
                                {"lpar", '('},
                                {"lrm", 0x200e},
                                {"lsqb", '['},
                                {"lt", '<'},
                                {"nbsp", 0xa0},
                                {"num", '#'},
                                {"percnt", '%'},
                                {"period", '.'},
                                {"plus", '+'},
                                {"quest", '?'},
                                {"quot", '"'},
                                {"rbrace", '}'},
                                {"rbrack", ']'},
                                {"rcub", '}'},
                                {"rlm", 0x200f},
                                {"rpar", ')'},
                                {"rsqb", ']'},
                                {"semi", ';'},
                                {"shy", 0xad},
                                {"sol", '/'},
                                {"thinsp", 0x2009},
                                {"verbar", '|'},
                                {"vert", '|'},
                                {"zwj", 0x200d},
                                {"zwnj", 0x200c}};

}  // namespace

Reference reference_body(std::string_view text, std::size_t at) {
  const std::string_view here = text.substr(std::min(at, text.size()));
  if (!here.starts_with('#')) {
    const std::string_view name =
        here.substr(0, std::min(here.substr(0, kLongestName).find(';'), here.size()));
    const auto* found = std::lower_bound(
        std::begin(kEntities), std::end(kEntities), name,
        [](const Entity& entity, std::string_view other) { return entity.name < other; });
    if (name.size() == here.size() || found == std::end(kEntities) || found->name != name)
      return {};
    return {found->code_point, name.size() + 1};
  }
  constexpr std::size_t kMostDigits = 8;
  const bool is_hexadecimal = here.size() > 1 && (here[1] | 0x20) == 'x';
  std::size_t i = is_hexadecimal ? 2 : 1;
  const std::size_t first = i;
  std::uint32_t value = 0;
  while (i < here.size() && i - first < kMostDigits &&
         (is_hexadecimal ? is_hex_digit(here[i]) : is_digit(here[i])))
    value = value * (is_hexadecimal ? 16 : 10) + hex_value(here[i++]);
  if (i == first || value == 0 || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
    return {};
  if (i < here.size() && here[i] == ';') ++i;
  return {value, i};
}

Reference numeric_reference(std::string_view text, std::size_t at) {
  if (!text.substr(at).starts_with("&#")) return {};
  Reference reference = reference_body(text, at + 1);
  if (reference.size) ++reference.size;
  return reference;
}

std::string decode_references(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Reference reference = text[at] == '&' ? reference_body(text, at + 1) : Reference{};
    if (reference.size == 0) {
      out += text[at++];
    } else {
      append_utf8(out, reference.code_point);
      at += 1 + reference.size;
    }
  }
  return out;
}
