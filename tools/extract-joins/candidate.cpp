#include "candidate.hpp"

#include <algorithm>
#include <string_view>

namespace {

constexpr std::string_view kName = "public_key=";
constexpr std::size_t kKeyDigits = 64;
constexpr std::size_t kShortPiece = 8;  // hex digits that could be a word or a number

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alnum(char c) { return is_digit(c) || is_letter(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_name_char(char c) { return is_alnum(c) || c == '.' || c == '-' || c == '_'; }
bool is_markup(const Cell& cell) {
  return (cell.byte == '<' || cell.byte == '>') &&
         !(cell.undone & (kEntity | kBackslash | kPercent));
}
class Reading {
 public:
  Reading(const std::vector<Cell>& cells, std::size_t name) : cells_{cells}, name_{name} {}

  Candidate read() {
    if (name_ == 0) {
      found_.reaches_start = true;
      return found_;
    }
    read_key();
    const std::size_t query = find_query();
    if (query == kNowhere) return found_;
    find_start(query);
    if (found_.first == query) return found_;
    found_.meets_markup |= key_meets_markup_;
    finish();
    return found_;
  }

 private:
  static constexpr std::size_t kNowhere = std::size_t(-1);
  char at(std::size_t i) const { return cells_[i].byte; }
  bool is_wrapped(std::size_t i) const { return cells_[i].undone & kWrap; }
  bool is_marked_up(std::size_t i) const { return cells_[i].undone & kMarkup; }

  // The key, and parameters behind it: a second key matters.
  void read_key() {
    const std::size_t first = name_ + kName.size();
    std::size_t i = first, piece = first, whole_piece = 0;
    while (i < cells_.size() && is_hex(at(i)) && !(i - first == kKeyDigits && ends_before(i))) {
      if (is_wrapped(i) || is_marked_up(i)) {
        piece = i;
        if (whole_piece == 0) whole_piece = i;
      }
      ++i;
    }
    const bool is_whole = i - first == kKeyDigits && (i == cells_.size() || ends_before(i));
    if (is_whole && piece > first && i - piece < kShortPiece && !ends_clearly(i))
      found_.reason = "a break leaves open where the key ends";
    if (!is_whole) {
      if (i < cells_.size() && is_markup(cells_[i])) key_meets_markup_ = true;
      // What follows a break is not part of a key that is none.
      if (whole_piece > 0) i = whole_piece;
      while (i < cells_.size() && is_alnum(at(i)) && !ends_before(i) && i - first < 2 * kKeyDigits)
        ++i;
    }
    found_.last = i;
    if (i < cells_.size() && at(i) == '&' && !is_wrapped(i)) {
      while (i < cells_.size() && is_link_char(at(i)) && !is_wrapped(i)) ++i;
      found_.last = i;
    }
  }
  // A few digits behind a break may be the rest of a key, or "a list" and "1. first".
  bool ends_clearly(std::size_t i) const {
    return i == cells_.size() || is_wrapped(i) || is_marked_up(i) || is_markup(cells_[i]);
  }
  // Whether a key of 64 digits is over before cells[i].
  bool ends_before(std::size_t i) const {
    if (!is_alnum(at(i)) || is_wrapped(i) || is_marked_up(i)) return true;
    return spells(i, "http://") || spells(i, "https://");
  }
  bool spells(std::size_t i, std::string_view word) const {
    for (const char c : word)
      if (i == cells_.size() || at(i++) != c) return false;
    return true;
  }

  // The "?" before the parameters.
  std::size_t find_query() {
    std::size_t i = name_ - 1;
    if (at(i) == '?') return i;
    if (at(i) != '&') return kNowhere;
    while (at(i) != '?') {
      if (!is_link_char(at(i))) return kNowhere;
      if (i == 0) {
        found_.reaches_start = true;
        return kNowhere;
      }
      --i;
    }
    return i;
  }

  // Sets found_.first, or found_.reason when that can't be said.
  void find_start(std::size_t query) {
    std::size_t i = query, wrap = kNowhere;
    while (i > 0 && is_link_char(at(i - 1))) {
      if (is_wrapped(i) && wrap == kNowhere) wrap = i;
      --i;
      if (spells(i, "://")) return start_at_scheme(i, wrap, query);
    }
    found_.reaches_start = i == 0;
    if (wrap == kNowhere && is_wrapped(i)) wrap = i;
    start_without_scheme(wrap == kNowhere ? i : wrap, query);
  }

  void start_at_scheme(std::size_t colon, std::size_t wrap, std::size_t query) {
    std::size_t i = colon;
    while (i > 0 && (is_alnum(at(i - 1)) || at(i - 1) == '-' || at(i - 1) == '+')) --i;
    found_.reaches_start = i == 0;
    // Words may stick to it: "see:http", "linkhttp".
    for (const std::string_view scheme : {"https", "http", "session"})
      if (colon - i > scheme.size() && ends_with_scheme(colon, scheme)) i = colon - scheme.size();
    for (std::size_t k = query; k > colon + 3; --k)
      if (at(k - 1) == '?') return start_in_parameter(k, query);
    found_.first = i;
    if (wrap != kNowhere && wrap > colon + 3 && is_whole_without_scheme(wrap, query)) {
      found_.first = wrap;
      found_.reason = "a line break leaves open where the link begins";
    }
  }
  // A link handed to another page: https://share.example/?u=host.example/token?…
  void start_in_parameter(std::size_t begin, std::size_t query) {
    for (std::size_t k = begin; k < query; ++k)
      if (at(k) == '=') begin = k + 1;
    start_without_scheme(begin, query);
  }
  bool ends_with_scheme(std::size_t colon, std::string_view scheme) const {
    std::size_t i = colon - scheme.size();
    for (const char c : scheme)
      if ((at(i++) | 0x20) != c) return false;
    return true;
  }
  // "host.example/token" stands between the two.
  bool is_whole_without_scheme(std::size_t begin, std::size_t query) const {
    std::size_t i = begin, dots = 0;
    for (; i < query && (is_name_char(at(i)) || at(i) == ':'); ++i) dots += at(i) == '.';
    return dots > 0 && i < query && at(i) == '/';
  }

  // host.example/token or //host.example/token, from the words around it.
  void start_without_scheme(std::size_t begin, std::size_t query) {
    found_.first = begin;
    if (begin > 0 && !is_wrapped(begin) && is_markup(cells_[begin - 1])) found_.meets_markup = true;
    std::size_t slash = begin;
    while (slash < query && at(slash) != '/') ++slash;
    if (query - slash > 2 && at(slash + 1) == '/' &&
        (slash == begin || !is_name_char(at(slash - 1)))) {
      found_.first = slash;
      return;
    }
    if (slash == query) {
      if (begin < query) found_.reason = "there is no host";
      return;
    }
    std::size_t i = start_of_name(slash, begin);
    const bool has_port = i > begin && i < slash && at(i - 1) == ':' && is_number(i, slash);
    if (has_port) i = start_of_name(i - 1, begin);
    if (i > begin && at(i - 1) == '@') return;  // and what stands before it: it will be refused
    found_.first = i;
    if (i > begin && is_unclear_before(i)) {
      found_.reason = "what stands before it leaves open where the link begins";
      return;
    }
    while (found_.first < slash && !is_alnum(at(found_.first))) ++found_.first;
    if (found_.first == slash) {
      found_.first = begin;
      found_.reason = "there is no host";
    }
  }
  std::size_t start_of_name(std::size_t end, std::size_t begin) const {
    std::size_t i = end;
    while (i > begin && is_name_char(at(i - 1)) && !(i < end && is_marked_up(i))) --i;
    return i;
  }
  bool is_number(std::size_t begin, std::size_t end) const {
    for (; begin < end; ++begin)
      if (!is_digit(at(begin))) return false;
    return true;
  }
  bool is_unclear_before(std::size_t i) const {
    const char before = at(i - 1);
    if (is_marked_up(i) && is_name_char(before)) return true;
    // "https:host.example" does not mean http
    if (before == ':' && i > 5 && ends_with_scheme(i - 1, "https")) return true;
    return before == '%' || ((before & 0x80) && is_letter_of_some_script(i - 1));
  }
  // Of the character whose last byte is there; punctuation, arrows and emoji are none.
  bool is_letter_of_some_script(std::size_t last) const {
    std::size_t first = last;
    while (first > 0 && last - first < 3 && (at(first) & 0xc0) == 0x80) --first;
    std::uint32_t c = static_cast<unsigned char>(at(first)) & (0x7fu >> (last - first + 1));
    for (std::size_t i = first + 1; i <= last; ++i) c = c << 6 | (at(i) & 0x3f);
    return !(c < 0xc0 || (c >= 0x2000 && c < 0x2c00) || (c >= 0x3000 && c < 0x3040) ||
             (c >= 0xff00 && c < 0xff10) || (c >= 0xff1a && c < 0xff21) || c == 0xfffd ||
             c >= 0x1f000);
  }

  void finish() {
    found_.is_link_like = true;
    std::string link;
    for (std::size_t i = found_.first; i < found_.last; ++i) {
      link += at(i);
      found_.undone |= i == found_.first ? cells_[i].undone & ~kLeftOut : cells_[i].undone;
    }
    if (!found_.reason.empty()) return;
    Result<JoinUrl> url = parse_join_url(link);
    if (url)
      found_.url = std::move(*url);
    else
      found_.reason = url.reason();
    if (!found_.url && has_unknown_reference(link)) found_.meets_markup = true;
  }
  // "&uuml;": only those that matter in links are undone here.
  static bool has_unknown_reference(std::string_view link) {
    for (auto at = link.find('&'); at != std::string_view::npos; at = link.find('&', at + 1)) {
      std::size_t i = at + 1;
      while (i < link.size() && is_alnum(link[i])) ++i;
      if (i > at + 1 && i < link.size() && link[i] == ';') return true;
    }
    return false;
  }

  const std::vector<Cell>& cells_;
  std::size_t name_;
  bool key_meets_markup_ = false;
  Candidate found_;
};

}  // namespace

bool spells_name(const std::vector<Cell>& cells, std::size_t i) {
  if (cells.size() - std::min(i, cells.size()) < kName.size()) return false;
  for (const char c : kName)
    if (cells[i++].byte != c) return false;
  return true;
}

Candidate read_candidate(const std::vector<Cell>& cells, std::size_t i) {
  return Reading{cells, i}.read();
}
