#include "cells.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "references.hpp"

namespace {

constexpr std::size_t kLongestTag = 512;  // bytes; longer markup ends a link
constexpr std::size_t kLongestReference = 32;

// Elements that change how a word looks, not where it ends. Sorted.
constexpr std::string_view kInlineTags[] = {
    "abbr", "acronym", "b",    "bdi",    "bdo",    "big", "cite", "code", "data",
    "dfn",  "em",      "font", "i",      "ins",    "kbd", "mark", "nobr", "s",
    "samp", "small",   "span", "strike", "strong", "tt",  "u",    "var"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// Stands for itself.
bool is_plain(char c) { return c > ' ' && c < 0x7f && c != '&' && c != '<' && c != '\\'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

bool is_invisible(std::uint32_t c) {
  return c == 0xad || c == 0x34f || c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) ||
         (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}
bool is_space(std::uint32_t c) {
  return c <= ' ' || c == 0x7f || (c >= 0x80 && c <= 0xa0) || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

class Undoing {
 public:
  Undoing(std::string_view text, std::size_t begin, std::size_t end, std::size_t anchor,
          std::vector<Cell>& cells)
      : text_{text}, at_{begin}, end_{end}, anchor_{anchor}, cells_{cells} {}

  // Whether the end of a link was seen.
  bool run() {
    while (at_ < end_) {
      const char c = text_[at_];
      if (at_ + kLongestReference > end_) is_cut_ = true;
      if (is_plain(c)) {
        push(c, 1, 0);
        ++at_;
      } else if (c == '<') {
        markup();
      } else if (c == '&') {
        ampersand(1, 0);
      } else if (c == '\\') {
        backslash();
      } else if (is_blank(c)) {
        blanks();
      } else if (c & 0x80) {
        beyond_ascii();
      } else {
        add(static_cast<unsigned char>(c), 1, 0);
      }
      if (at_ > anchor_ && is_over()) return !is_cut_;
    }
    return false;
  }

 private:
  // A key ends where it can't go on, parameters behind it where links end.
  bool is_over() {
    for (; seen_ < cells_.size(); ++seen_) {
      if (cells_[seen_].begin < anchor_) continue;
      const char c = parameter_mark();
      if (c == '=' && !std::exchange(may_have_value_, false)) return true;
      if (c == '&')
        is_behind_key_ = may_have_value_ = true;
      else if (is_behind_key_ ? !is_link_char(c) || c == '?' : !is_key_char(c))
        return true;
    }
    return false;
  }
  // The byte of the cell last seen; "=" and "&" also when they are percent-encoded.
  char parameter_mark() const {
    const char c = cells_[seen_].byte;
    if ((c != 'D' && c != 'd' && c != '6') || seen_ < 2 || cells_[seen_ - 2].byte != '%') return c;
    const char before = cells_[seen_ - 1].byte;
    return before == '3' && c != '6' ? '=' : before == '2' && c == '6' ? '&' : c;
  }
  static bool is_key_char(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '=' || c == '%' || c == ':' ||
           c == '/';
  }

  std::string_view rest() const { return text_.substr(at_, end_ - at_); }
  char peek(std::size_t ahead) const { return at_ + ahead < end_ ? text_[at_ + ahead] : '\0'; }

  void push(char byte, std::size_t size, unsigned how) {
    cells_.push_back({byte, static_cast<std::uint8_t>(left_out_ | how),
                      static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_ + size)});
    left_out_ = 0;
  }
  // One character that took `size` bytes.
  void add(std::uint32_t code_point, std::size_t size, unsigned how) {
    if (is_invisible(code_point)) return leave_out(kInvisible | how, size);
    const auto byte = [&](std::uint32_t value) { push(static_cast<char>(value), size, how); };
    const auto follower = [&](unsigned shift) { byte(0x80 | (code_point >> shift & 0x3f)); };
    if (is_space(code_point)) {
      byte(' ');
    } else if (code_point < 0x80) {
      byte(code_point);
    } else if (code_point < 0x800) {
      byte(0xc0 | code_point >> 6);
      follower(0);
    } else if (code_point < 0x10000) {
      byte(0xe0 | code_point >> 12);
      follower(6);
      follower(0);
    } else {
      byte(0xf0 | code_point >> 18);
      follower(12);
      follower(6);
      follower(0);
    }
    at_ += size;
  }
  void leave_out(unsigned how, std::size_t size) {
    left_out_ |= how;
    at_ += size;
  }

  void markup() {
    const std::string_view here = rest().substr(0, kLongestTag);
    if (here.starts_with("<!--")) {
      const auto stop = here.find("-->", 4);
      if (stop == std::string_view::npos || holds_anchor(stop + 3) || here.find('<', 4) < stop)
        return add('<', 1, 0);
      return leave_out(kInvisible, stop + 3);
    }
    std::size_t begin = 1;
    if (here.substr(1).starts_with('/')) begin = 2;
    std::size_t stop = begin;
    char name[8];
    while (stop < here.size() && is_letter(here[stop]) && stop - begin < sizeof name) {
      name[stop - begin] = static_cast<char>(here[stop] | 0x20);
      ++stop;
    }
    const std::string_view word{name, stop - begin};
    if (word.empty() || stop == here.size() ||
        (here[stop] != '>' && here[stop] != '/' && !is_blank(here[stop])))
      return add('<', 1, 0);
    const unsigned how = word == "wbr"  ? kInvisible
                         : word == "br" ? kWrap
                         : std::binary_search(std::begin(kInlineTags), std::end(kInlineTags), word)
                             ? kMarkup
                             : 0;
    const auto close = how ? end_of_tag(here, stop) : std::string_view::npos;
    if (close == here.size()) is_cut_ |= here.size() < kLongestTag;
    if (close >= here.size() || holds_anchor(close + 1)) return add('<', 1, 0);
    if (how == kWrap) return wrap(0, close + 1);
    leave_out(how, close + 1);
  }
  // Where the ">" stands that ends a tag; its size if that is not there, more if
  // it is no tag at all.
  static std::size_t end_of_tag(std::string_view tag, std::size_t at) {
    for (; at < tag.size() && tag[at] != '>'; ++at) {
      if (tag[at] == '<') return std::string_view::npos;
      if (tag[at] == '"' || tag[at] == '\'') {
        at = tag.find(tag[at], at + 1);
        if (at == std::string_view::npos) return tag.size();
      }
    }
    return at;
  }
  bool holds_anchor(std::size_t size) const { return at_ <= anchor_ && anchor_ < at_ + size; }

  // An "&" that took `size` bytes, and the reference that it may begin. What comes
  // out can be an "&" again: feeds escape twice, JSON writes \u0026amp;
  void ampersand(std::size_t size, unsigned how) {
    std::uint32_t code_point = '&';
    bool is_reference = false;
    while (code_point == '&') {
      const Reference next = reference_body(text_.substr(0, end_), at_ + size);
      if (next.size == 0) break;
      code_point = next.code_point;
      size += next.size;
      is_reference = true;
    }
    if (is_reference) how |= kEntity;
    if (code_point == '\n') return wrap(how, size);
    add(code_point, size, how);
  }

  // Any number of backslashes: JSON within JSON doubles them.
  void backslash() {
    constexpr std::size_t kMost = 16;
    std::size_t size = 1;
    while (size < kMost && peek(size) == '\\') ++size;
    const char c = peek(size);
    if (c == 'u' || c == 'x') {
      const std::size_t digits = c == 'u' ? 4 : 2;
      std::uint32_t code_point = 0;
      if (hex(size + 1, digits, code_point)) {
        size += 1 + digits;
        std::uint32_t low = 0;
        if (code_point >= 0xd800 && code_point < 0xdc00 && peek(size) == '\\' &&
            peek(size + 1) == 'u' && hex(size + 2, 4, low) && low >= 0xdc00 && low < 0xe000) {
          code_point = 0x10000 + ((code_point & 0x3ff) << 10) + (low & 0x3ff);
          size += 6;
        }
        if (code_point == '&') return ampersand(size, kBackslash);
        return add(code_point, size, kBackslash);
      }
    }
    if (c == 'r' && rest().substr(size + 1).starts_with("\\n")) return wrap(kBackslash, size + 3);
    if (c == 'n' || c == 'r') return wrap(kBackslash, size + 1);
    if (c == 't' || c == 'f' || c == 'b') return add(' ', size + 1, kBackslash);
    if (c > ' ' && c < 0x7f && !is_letter(c) && !(c >= '0' && c <= '9') && c != '<' && c != '&')
      return add(static_cast<unsigned char>(c), size + 1, kBackslash);
    add('\\', size, 0);
  }
  bool hex(std::size_t ahead, std::size_t digits, std::uint32_t& value) const {
    value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (!is_hex_digit(peek(ahead + i))) return false;
      value = value << 4 | hex_value(peek(ahead + i));
    }
    return true;
  }

  // A line break with its blanks can be a wrapped link; an empty line ends one.
  void blanks() {
    std::size_t size = 0, breaks = 0;
    for (; at_ + size < end_ && is_blank(text_[at_ + size]); ++size)
      if (text_[at_ + size] == '\n' || (text_[at_ + size] == '\r' && peek(size + 1) != '\n'))
        ++breaks;
    if (breaks == 1) return wrap(0, size);
    add(' ', size, 0);
  }
  void wrap(unsigned how, std::size_t size) {
    while (is_blank(peek(size))) ++size;
    if (left_out_ & kWrap) return add(' ', size, how);
    leave_out(kWrap | how, size);
  }

  void beyond_ascii() {
    const auto first = static_cast<unsigned char>(text_[at_]);
    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    std::uint32_t code_point = first & (0xffu >> (size + 1));
    bool is_whole = first >= 0xc2 && first <= 0xf4 && at_ + size <= end_;
    for (std::size_t i = 1; is_whole && i < size; ++i) {
      is_whole = (text_[at_ + i] & 0xc0) == 0x80;
      code_point = code_point << 6 | (text_[at_ + i] & 0x3f);
    }
    if (!is_whole) return add(0xfffd, 1, 0);
    add(code_point, size, 0);
  }

  std::string_view text_;
  std::size_t at_, end_, anchor_;
  std::vector<Cell>& cells_;
  unsigned left_out_ = 0;
  bool is_cut_ = false;  // a tag goes on behind the window
  std::size_t seen_ = 0;
  bool is_behind_key_ = false, may_have_value_ = true;
};

}  // namespace

bool is_link_char(char c) {
  switch (c) {
    case ' ':
    case '"':
    case '\'':
    case '<':
    case '>':
    case '`':
    case '(':
    case ')':
    case '{':
    case '}':
    case '|':
    case '^':
    case '\\':
      return false;
    default:
      return true;
  }
}

bool undo(std::string_view text, std::size_t begin, std::size_t end, std::size_t anchor,
          std::vector<Cell>& cells) {
  cells.clear();
  return Undoing{text, begin, end, anchor, cells}.run();
}

bool undo_percent(const std::vector<Cell>& cells, std::vector<Cell>& decoded) {
  decoded.clear();
  bool was_there = false;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Cell cell = cells[i];
    if (cell.byte == '%' && i + 2 < cells.size() && is_hex_digit(cells[i + 1].byte) &&
        is_hex_digit(cells[i + 2].byte)) {
      const auto value = static_cast<unsigned char>(hex_value(cells[i + 1].byte) << 4 |
                                                    hex_value(cells[i + 2].byte));
      cell.byte = value <= ' ' || value == 0x7f ? ' ' : static_cast<char>(value);
      cell.undone = static_cast<std::uint8_t>(cell.undone | cells[i + 1].undone |
                                              cells[i + 2].undone | kPercent);
      cell.end = cells[i + 2].end;
      i += 2;
      was_there = true;
    }
    decoded.push_back(cell);
  }
  return was_there;
}
