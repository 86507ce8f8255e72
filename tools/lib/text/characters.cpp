#include "text/characters.hpp"

#include <utf8proc.h>

#include <array>

namespace {

utf8proc_category_t looked_up(char32_t code) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(code));
}

// Most characters of most texts are ASCII, and are asked for several times.
utf8proc_category_t category_of(char32_t code) {
  static const auto ascii = [] {
    std::array<utf8proc_category_t, 128> categories;
    for (char32_t c = 0; c < categories.size(); ++c) categories[c] = looked_up(c);
    return categories;
  }();
  return code < ascii.size() ? ascii[code] : looked_up(code);
}

// Half of a flag: two of them are one emoji.
bool is_regional(char32_t code) { return code >= 0x1F1E6 && code <= 0x1F1FF; }

}  // namespace

Character character_at(std::string_view text, std::size_t at) {
  if (const auto byte = static_cast<unsigned char>(text[at]); byte < 0x80) return {byte, 1};
  utf8proc_int32_t code = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                     static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  if (size <= 0) return {};
  return {static_cast<char32_t>(code), static_cast<std::size_t>(size)};
}

Character last_character(std::string_view text) {
  if (text.empty()) return {};
  std::size_t at = text.size() - 1;
  while (at > 0 && (text[at] & 0xC0) == 0x80) --at;
  return character_at(text, at);
}

void append_utf8(std::string& text, char32_t code) {
  utf8proc_uint8_t bytes[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes);
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

bool is_of_word(char32_t code) {
  const auto category = category_of(code);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

bool is_letter(char32_t code) {
  const auto category = category_of(code);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_mark(char32_t code) {
  const auto category = category_of(code);
  return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

bool is_upper(char32_t code) { return category_of(code) == UTF8PROC_CATEGORY_LU; }
bool is_lower(char32_t code) { return category_of(code) == UTF8PROC_CATEGORY_LL; }
bool is_digit(char32_t code) { return category_of(code) == UTF8PROC_CATEGORY_ND; }
bool is_symbol(char32_t code) { return category_of(code) == UTF8PROC_CATEGORY_SO; }

bool is_pictographic(char32_t code) {
  return utf8proc_get_property(static_cast<utf8proc_int32_t>(code))->boundclass ==
         UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

bool is_unspaced(char32_t code) {
  const auto within = [code](char32_t first, char32_t last) {
    return first <= code && code <= last;
  };
  return within(0x3040, 0x30FF) || within(0x3400, 0x4DBF) || within(0x4E00, 0x9FFF) ||
         within(0x20000, 0x3FFFF) || within(0x0E00, 0x0EFF) || within(0x1000, 0x109F) ||
         within(0x1780, 0x17FF);
}

char enclosed_letter(char32_t code) {
  constexpr char32_t kFirst[] = {0x24B6, 0x24D0, 0x1F130, 0x1F150, 0x1F170};
  for (const char32_t first : kFirst)
    if (first <= code && code < first + 26) return static_cast<char>('a' + (code - first));
  return 0;
}

std::string monogram(std::string_view name) {
  std::string face;
  utf8proc_int32_t before = 0, state = 0;
  for (std::size_t at = 0; at < name.size();) {
    const auto [character, size] = character_at(name, at);
    const auto code = static_cast<utf8proc_int32_t>(character);
    at += size;
    if (face.empty()) {
      if (!is_letter(character) && !is_digit(character) && !is_pictographic(character) &&
          !is_regional(character))
        continue;
      append_utf8(face, static_cast<char32_t>(utf8proc_toupper(code)));
    } else {
      if (utf8proc_grapheme_break_stateful(before, code, &state)) break;
      append_utf8(face, character);
    }
    before = code;
  }
  return face;
}
