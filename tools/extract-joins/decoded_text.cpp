#include "decoded_text.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "html/character_references.hpp"
#include "parameter_end.hpp"
#include "text/characters.hpp"

namespace {

constexpr std::size_t kLongestTag = 512;  // bytes; longer markup ends the link
constexpr std::size_t kLongestReference = 32;

// Elements that change the look of a word but do not end it. Sorted.
constexpr std::string_view kInlineTags[] = {
    "abbr", "acronym", "b",    "bdi",    "bdo",    "big", "cite", "code", "data",
    "dfn",  "em",      "font", "i",      "ins",    "kbd", "mark", "nobr", "s",
    "samp", "small",   "span", "strike", "strong", "tt",  "u",    "var"};

// Whether the character needs no decoding.
bool is_plain(char c) { return c > ' ' && c < 0x7f && c != '&' && c != '<' && c != '\\'; }

bool is_invisible(std::uint32_t c) {
  return c == 0xad || c == 0x34f || c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) ||
         (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}
bool is_white_space(std::uint32_t c) {
  return c <= ' ' || c == 0x7f || (c >= 0x80 && c <= 0xa0) || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

class Decoder {
 public:
  Decoder(std::string_view text, std::size_t begin, std::size_t end, std::size_t trigger,
          std::vector<DecodedChar>& chars)
      : text_{text}, at_{begin}, end_{end}, trigger_{trigger}, chars_{chars} {}

  // Returns whether it found the end of the link.
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
      } else if (is_space(c)) {
        blanks();
      } else if (c & 0x80) {
        beyond_ascii();
      } else {
        add(static_cast<unsigned char>(c), 1, 0);
      }
      if (at_ > trigger_ && is_over()) return !is_cut_;
    }
    return false;
  }

 private:
  bool is_over() {
    for (; seen_ < chars_.size(); ++seen_)
      if (chars_[seen_].begin >= trigger_ && parameters_.is_at(chars_[seen_].byte)) return true;
    return false;
  }

  std::string_view rest() const { return text_.substr(at_, end_ - at_); }
  char peek(std::size_t ahead) const { return at_ + ahead < end_ ? text_[at_ + ahead] : '\0'; }

  void push(char byte, std::size_t size, unsigned how) {
    chars_.push_back({byte, static_cast<std::uint8_t>(left_out_ | how),
                      static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_ + size)});
    left_out_ = 0;
  }
  // One character that took `size` bytes.
  void add(std::uint32_t code_point, std::size_t size, unsigned how) {
    if (is_invisible(code_point)) return leave_out(kInvisible | how, size);
    std::string bytes;
    append_utf8(bytes, is_white_space(code_point) ? ' ' : code_point);
    for (const char byte : bytes) push(byte, size, how);
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
      if (stop == std::string_view::npos || holds_trigger(stop + 3) || here.find('<', 4) < stop)
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
        (here[stop] != '>' && here[stop] != '/' && !is_space(here[stop])))
      return add('<', 1, 0);
    const unsigned how = word == "wbr"  ? kInvisible
                         : word == "br" ? kWrap
                         : std::binary_search(std::begin(kInlineTags), std::end(kInlineTags), word)
                             ? kMarkup
                             : 0;
    const auto close = how ? end_of_tag(here, stop) : std::string_view::npos;
    if (close == here.size()) is_cut_ |= here.size() < kLongestTag;
    if (close >= here.size() || holds_trigger(close + 1)) return add('<', 1, 0);
    if (how == kWrap) return wrap(0, close + 1);
    leave_out(how, close + 1);
  }
  // The position of the ">" of a tag; tag.size() if there is none, npos if this is not a tag.
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
  bool holds_trigger(std::size_t size) const { return at_ <= trigger_ && trigger_ < at_ + size; }

  // An "&" that took `size` bytes, and the reference that it may begin. The result can be
  // an "&" again: feeds escape twice, JSON writes \u0026amp;
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

  // Several backslashes count as one: JSON within JSON doubles them.
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
    if (c > ' ' && c < 0x7f && !is_alnum(c) && c != '<' && c != '&')
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

  // A link may be wrapped at one line break; an empty line ends it.
  void blanks() {
    std::size_t size = 0, breaks = 0;
    for (; at_ + size < end_ && is_space(text_[at_ + size]); ++size)
      if (text_[at_ + size] == '\n' || (text_[at_ + size] == '\r' && peek(size + 1) != '\n'))
        ++breaks;
    if (breaks == 1) return wrap(0, size);
    add(' ', size, 0);
  }
  void wrap(unsigned how, std::size_t size) {
    while (is_space(peek(size))) ++size;
    if (left_out_ & kWrap) return add(' ', size, how);
    leave_out(kWrap | how, size);
  }

  void beyond_ascii() {
    const Character character = character_at(rest(), 0);
    add(character.code == 0 ? 0xfffd : character.code, character.size, 0);
  }

  std::string_view text_;
  std::size_t at_, end_, trigger_;
  std::vector<DecodedChar>& chars_;
  unsigned left_out_ = 0;
  bool is_cut_ = false;  // the window may end inside a tag or a reference
  std::size_t seen_ = 0;
  ParameterEnd parameters_;
};

}  // namespace

bool is_link_char(char c) {
  return std::string_view{" \"'<>`(){}|^\\"}.find(c) == std::string_view::npos;
}

bool decode(std::string_view text, std::size_t begin, std::size_t end, std::size_t trigger,
            std::vector<DecodedChar>& chars) {
  chars.clear();
  return Decoder{text, begin, end, trigger, chars}.run();
}

bool decode_percent(const std::vector<DecodedChar>& chars, std::vector<DecodedChar>& decoded) {
  decoded.clear();
  bool was_there = false;
  for (std::size_t i = 0; i < chars.size(); ++i) {
    DecodedChar one = chars[i];
    if (one.byte == '%' && i + 2 < chars.size() && is_hex_digit(chars[i + 1].byte) &&
        is_hex_digit(chars[i + 2].byte)) {
      const std::uint32_t value = hex_value(chars[i + 1].byte) << 4 | hex_value(chars[i + 2].byte);
      one.byte = value <= ' ' || value == 0x7f ? ' ' : static_cast<char>(value);
      one.encodings = static_cast<std::uint8_t>(one.encodings | chars[i + 1].encodings |
                                                chars[i + 2].encodings | kPercent);
      one.end = chars[i + 2].end;
      i += 2;
      was_there = true;
    }
    decoded.push_back(one);
  }
  return was_there;
}
