#include "read_key.hpp"

#include <algorithm>
#include <string_view>

#include "base/ascii.hpp"
#include "crypto/encoding.hpp"

namespace {

constexpr std::size_t kKeyDigits = 64;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kAccountIdDigits = 66;
constexpr std::size_t kShortPiece = 8;  // up to so many hex digits could be a word or a number

class KeyReader {
 public:
  KeyReader(const std::vector<DecodedChar>& chars, std::size_t first)
      : chars_{chars}, first_{first} {}

  KeyReading read() {
    const bool has_blank = first_ < chars_.size() && at(first_) == ' ';
    if (has_blank) ++first_;
    const std::size_t digits = count_digits();
    if (has_blank && !(digits == kKeyDigits && ends_at(first_ + digits))) {
      found_.end = first_ - 1;
      return found_;
    }
    if (digits >= kKeyDigits)
      take_hex(digits);
    else if (!take_encoded())
      take_what_is_there(digits);
    return found_;
  }

 private:
  char at(std::size_t i) const { return chars_[i].byte; }
  bool is_break(std::size_t i) const { return chars_[i].encodings & (kWrap | kMarkup); }
  // Whether a key that ends before chars_[i] is followed by a delimiter.
  bool ends_at(std::size_t i) const {
    return i == chars_.size() || !is_alnum(at(i)) || is_break(i);
  }
  // Whether it ends at a break or a tag. A blank is not enough for a few digits behind a break:
  // they may be the rest of a key, or the start of "a list" or "1. first".
  bool ends_clearly_at(std::size_t i) const {
    return i == chars_.size() || is_break(i) || is_markup(chars_[i]);
  }
  void take(std::size_t end) {
    found_.end = end;
    for (std::size_t i = first_; i < end; ++i) found_.text += at(i);
  }

  // The hex digits at first_; those behind a complete key only up to the next break, and only
  // as many as tell a key from an Account ID.
  std::size_t count_digits() {
    std::size_t i = first_;
    for (; i < chars_.size() && i - first_ <= kAccountIdDigits && is_hex_digit(at(i)); ++i) {
      if (i == first_ || !is_break(i)) continue;
      if (i - first_ >= kKeyDigits) break;
      last_piece_ = i;
      if (!is_broken_) first_break_ = i;
      is_broken_ = true;
    }
    return i - first_;
  }

  void take_hex(std::size_t digits) {
    if (digits == kAccountIdDigits && at(first_) == '0' && at(first_ + 1) == '5') {
      take(first_ + digits);
      found_.refusal = {LinkFault::account_id,
                        "the key has 66 hex digits and begins with 05, as an Account ID does"};
      return;
    }
    take(first_ + kKeyDigits);
    found_.is_key = true;
    if (is_broken_ && found_.end - last_piece_ < kShortPiece && !ends_clearly_at(found_.end))
      found_.refusal = {LinkFault::unclear_end, "a break makes it unclear where the key ends"};
  }

  // base64 or base32z, as hex. Text of only hex digits is never read as base64: it is a hex key
  // that was cut short.
  bool take_encoded() {
    std::string text;
    std::size_t i = first_;
    for (; i < chars_.size() && i - first_ <= kKeyDigits; ++i) {
      const char c = at(i);
      if ((!is_alnum(c) && c != '+' && c != '/') || (i > first_ && is_break(i))) break;
      text += c;
    }
    if (std::all_of(text.begin(), text.end(), is_hex_digit)) return false;
    std::optional<std::string> bytes;
    if (text.size() == 43 && is_delimiter(i)) {
      bytes = bytes_of_base64(text);
      if (i < chars_.size() && at(i) == '=') ++i;
    } else if (text.size() == 52 && is_delimiter(i)) {
      bytes = bytes_of_base32z(text);
    }
    if (!bytes || bytes->size() != kKeyBytes) return false;
    found_.text = to_hex({reinterpret_cast<const std::uint8_t*>(bytes->data()), bytes->size()});
    found_.end = i;
    found_.is_key = true;
    return true;
  }
  bool is_delimiter(std::size_t i) const {
    return i == chars_.size() || is_break(i) || (at(i) != '_' && at(i) != '-' && at(i) != '%');
  }

  // The text of a wrong key ends at a line break, and before the next link.
  void take_what_is_there(std::size_t digits) {
    const std::size_t behind = first_ + digits;
    found_.meets_markup = behind < chars_.size() && is_markup(chars_[behind]);
    std::size_t i = first_;
    const std::size_t most = is_broken_ ? first_break_ : first_ + 2 * kKeyDigits;
    while (i < chars_.size() && i < most && is_alnum(at(i)) && !(i > first_ && is_break(i)) &&
           !spells(i, "http://") && !spells(i, "https://"))
      ++i;
    take(i);
  }
  bool spells(std::size_t i, std::string_view word) const {
    for (const char c : word)
      if (i == chars_.size() || at(i++) != c) return false;
    return true;
  }

  const std::vector<DecodedChar>& chars_;
  std::size_t first_;
  bool is_broken_ = false;  // there is a line break or markup inside
  std::size_t first_break_ = 0, last_piece_ = 0;
  KeyReading found_;
};

}  // namespace

bool is_markup(const DecodedChar& c) {
  return (c.byte == '<' || c.byte == '>') && !(c.encodings & (kEntity | kBackslash | kPercent));
}

KeyReading read_key(const std::vector<DecodedChar>& chars, std::size_t first) {
  return KeyReader{chars, first}.read();
}
