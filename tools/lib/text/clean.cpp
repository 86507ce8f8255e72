#include "text/clean.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <iterator>

#include "text/characters.hpp"

namespace {

constexpr std::size_t kMostMarks = 3;  // on one base
constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kZwnj = 0x200C, kZwj = 0x200D;
constexpr char32_t kEllipsis = 0x2026;
constexpr char32_t kBrailleBlank = 0x2800;  // a symbol in Unicode, but it looks like a space

struct Range {
  char32_t first, last;
};

bool is_in(char32_t c, const Range* begin, const Range* end) {
  return std::any_of(begin, end, [c](const Range& r) { return c >= r.first && c <= r.last; });
}

// Visible, although of category Cf: number and verse signs of Arabic, Syriac and Kaithi.
constexpr Range kVisibleFormat[] = {{0x600, 0x605},    {0x6DD, 0x6DD}, {0x70F, 0x70F},
                                    {0x890, 0x891},    {0x8E2, 0x8E2}, {0x110BD, 0x110BD},
                                    {0x110CD, 0x110CD}};
// Invisible, although not of category Cf: joiners, fillers, inherent vowels, code points that
// are reserved to be ignored, the object replacement character, the blank notehead.
constexpr Range kInvisible[] = {{0x34F, 0x34F},   {0x115F, 0x1160}, {0x17B4, 0x17B5},
                                {0x180B, 0x180F}, {0x2065, 0x2065}, {0x3164, 0x3164},
                                {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFC}, {0x1D159, 0x1D159}};
// Blocks of scripts whose spelling needs ZWJ and ZWNJ: Arabic to Mandaic, Arabic
// Extended, Devanagari to Sinhala, Tibetan and Burmese, Khmer, Mongolian, Balinese.
constexpr Range kJoiningScripts[] = {{0x600, 0x8FF},   {0x900, 0xDFF},   {0xF00, 0x109F},
                                     {0x1780, 0x18AF}, {0x1B00, 0x1B7F}, {0xA8E0, 0xA8FF},
                                     {0xFB50, 0xFDFF}, {0xFE70, 0xFEFE}, {0x11000, 0x11FFF}};

bool is_joining(char32_t c) {
  return is_in(c, std::begin(kJoiningScripts), std::end(kJoiningScripts));
}

bool is_unseen(char32_t c) {
  if (c == kReplacement || is_in(c, std::begin(kInvisible), std::end(kInvisible))) return true;
  if (c >= 0xE0000 && c <= 0xE0FFF) return true;                            // tags and selectors
  if ((c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF)) return true;  // no characters
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CS:
      return true;
    case UTF8PROC_CATEGORY_CF:
      return !is_in(c, std::begin(kVisibleFormat), std::end(kVisibleFormat));
    default:
      return false;
  }
}

std::u32string decode(std::string_view text) {
  std::u32string characters;
  characters.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, size] = character_at(text, at);
    characters.push_back(code == 0 && text[at] != 0 ? kReplacement : code);
    at += size;
  }
  return characters;
}

std::string encode(const std::u32string& characters) {
  std::string text;
  text.reserve(characters.size());
  for (const char32_t c : characters) append_utf8(text, c);
  return text;
}

// Replaces each kind of line end and space by the one that we write.
char32_t plain_space(char32_t c, Lines lines) {
  const bool ends_line =
      c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
  if (ends_line) return lines == Lines::many ? U'\n' : U' ';
  return c == '\t' || c == kBrailleBlank ? U' ' : c;
}

// Whether a joiner between `before` and `next` has an effect.
bool joins(const std::u32string& before, char32_t next, char32_t joiner) {
  auto last = before.rbegin();
  while (last != before.rend() && is_mark(*last) && !is_joining(*last)) ++last;
  if (last == before.rend()) return false;
  if (is_joining(*last)) return joiner == kZwj || is_joining(next);
  const bool has_tone = *last >= 0x1F3FB && *last <= 0x1F3FF;
  return joiner == kZwj && is_pictographic(next) && (has_tone || is_pictographic(*last));
}

bool is_space(char32_t c) {
  return c == '\n' || utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_ZS;
}
bool is_joiner(char32_t c) { return c == kZwj || c == kZwnj; }

std::u32string without_traps(const std::u32string& text, Lines lines) {
  std::u32string kept;
  kept.reserve(text.size());
  std::size_t marks = kMostMarks;  // there is no base yet
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    const char32_t c = plain_space(text[i], lines);
    if (c != '\n' && !is_joiner(c) && is_unseen(c)) continue;
    if (is_joiner(c)) {
      // kept for now: without_idle_joiners() sees what stands beside it
    } else if (is_mark(c)) {
      if (marks++ >= kMostMarks) continue;
    } else {
      marks = is_space(c) ? kMostMarks : 0;
    }
    kept.push_back(c);
  }
  return kept;
}

// Removes joiners that have no effect.
std::u32string without_idle_joiners(const std::u32string& text) {
  std::u32string kept;
  kept.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!is_joiner(text[i]) || (i + 1 < text.size() && joins(kept, text[i + 1], text[i])))
      kept.push_back(text[i]);
  return kept;
}

void trim(std::u32string& text) {
  while (!text.empty() && (is_space(text.back()) || is_joiner(text.back()))) text.pop_back();
  text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), is_space));
}

void cut(std::u32string& text, std::size_t most) {
  if (text.size() <= most) return;
  std::size_t size = most - 1;  // the ellipsis is a character, too
  const auto belongs_to_before = [&text](std::size_t i) {
    return is_mark(text[i]) || is_joiner(text[i]) || text[i - 1] == kZwj ||
           (text[i] >= 0x1F3FB && text[i] <= 0x1F3FF);
  };
  for (int steps = 0; size > 0 && steps < 16 && belongs_to_before(size); ++steps) --size;
  text.resize(size);
  trim(text);
  text.push_back(kEllipsis);
}

bool is_plain(std::string_view text, Lines lines) {
  return std::all_of(text.begin(), text.end(), [lines](char c) {
    return (c >= 0x20 && c < 0x7f) || (c == '\n' && lines == Lines::many);
  });
}

}  // namespace

CleanText clean_text(std::string_view text, std::size_t most, Lines lines) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\n'; };
  if (text.size() <= most && is_plain(text, lines) &&
      (text.empty() || (!is_blank(text.front()) && !is_blank(text.back()))))
    return {std::string{text}, false};
  std::u32string characters = without_idle_joiners(without_traps(decode(text), lines));
  trim(characters);
  cut(characters, most);
  CleanText clean{encode(characters), false};
  clean.changed = clean.text != text;
  return clean;
}

std::string mend_utf8(std::string_view bytes) { return encode(decode(bytes)); }
