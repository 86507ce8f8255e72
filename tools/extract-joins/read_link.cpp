#include "read_link.hpp"

#include <string_view>
#include <utility>

#include "base/ascii.hpp"
#include "read_key.hpp"

namespace {

constexpr std::string_view kName = "public_key";

bool is_name_char(char c) { return is_alnum(c) || c == '.' || c == '-' || c == '_'; }

class LinkReader {
 public:
  LinkReader(const std::vector<DecodedChar>& chars, std::size_t name, bool follows_text)
      : chars_{chars}, name_{name}, follows_text_{follows_text} {}

  LinkReading read() {
    if (name_ == 0) {
      found_.reaches_start = true;
      return found_;
    }
    key_first_ = name_ + size_of_name(chars_, name_);
    key_ = read_key(chars_, key_first_);
    read_other_parameters();
    const std::size_t query = find_query();
    if (query == kNowhere) return found_;
    find_start(query);
    if (found_.first == query) return found_;
    found_.meets_markup |= key_.meets_markup;
    if (!key_.is_key && !found_.refusal) repair_pasted_link(query);
    finish();
    return found_;
  }

 private:
  static constexpr std::size_t kNowhere = std::size_t(-1);
  char at(std::size_t i) const { return chars_[i].byte; }
  bool is_wrapped(std::size_t i) const { return chars_[i].encodings & kWrap; }
  bool is_marked_up(std::size_t i) const { return chars_[i].encodings & kMarkup; }
  void refuse(LinkFault fault, std::string text) { found_.refusal = {fault, std::move(text)}; }

  // A link with two different keys is refused, so the next key matters.
  void read_other_parameters() {
    std::size_t i = key_.end;
    if (i < chars_.size() && at(i) == '&' && !is_wrapped(i))
      while (i < chars_.size() && is_link_char(at(i)) && !is_wrapped(i)) ++i;
    found_.last = i;
  }
  bool spells(std::size_t i, std::string_view word) const {
    for (const char c : word)
      if (i == chars_.size() || at(i++) != c) return false;
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

  // Sets found_.first, and a refusal if it is not clear.
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
    // Words may be stuck to it: "see:http", "linkhttp".
    for (const std::string_view scheme : {"https", "http", "session"})
      if (colon - i > scheme.size() && ends_with_scheme(colon, scheme)) i = colon - scheme.size();
    for (std::size_t k = query; k > colon + 3; --k)
      if (at(k - 1) == '?') return start_in_parameter(k, query);
    found_.first = i;
    if (wrap != kNowhere && wrap > colon + 3 && is_whole_without_scheme(wrap, query)) {
      found_.first = wrap;
      refuse(LinkFault::unclear_start, "a line break makes it unclear where the link begins");
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

  // Finds host.example/token or //host.example/token among the words around it.
  void start_without_scheme(std::size_t begin, std::size_t query) {
    found_.first = begin;
    if (begin > 0 && !is_wrapped(begin) && is_markup(chars_[begin - 1])) found_.meets_markup = true;
    std::size_t slash = begin;
    while (slash < query && at(slash) != '/') ++slash;
    if (query - slash > 2 && at(slash + 1) == '/' &&
        (slash == begin || !is_name_char(at(slash - 1)))) {
      found_.first = slash;
      return;
    }
    if (slash == query) {
      if (begin < query) refuse(LinkFault::host, "there is no host");
      return;
    }
    std::size_t i = start_of_name(slash, begin);
    const bool has_port = i > begin && i < slash && at(i - 1) == ':' && is_number(i, slash);
    if (has_port) i = start_of_name(i - 1, begin);
    if (i > begin && at(i - 1) == '@') return;  // parse_join_url() refuses it
    found_.first = i;
    if (i > begin ? is_unclear_before(i) : i == 0 && follows_text_ && !is_wrapped(0)) {
      refuse(LinkFault::unclear_start, "the text before it makes it unclear where the link begins");
      return;
    }
    while (found_.first < slash && !is_alnum(at(found_.first))) ++found_.first;
    if (found_.first == slash) {
      found_.first = begin;
      refuse(LinkFault::host, "there is no host");
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
  // Whether the character whose last byte is at `i` is a letter, not punctuation, an arrow or an
  // emoji.
  bool is_letter_of_some_script(std::size_t last) const {
    std::size_t first = last;
    while (first > 0 && last - first < 3 && (at(first) & 0xc0) == 0x80) --first;
    std::uint32_t c = static_cast<unsigned char>(at(first)) & (0x7fu >> (last - first + 1));
    for (std::size_t i = first + 1; i <= last; ++i) c = c << 6 | (at(i) & 0x3f);
    return !(c < 0xc0 || (c >= 0x2000 && c < 0x2c00) || (c >= 0x3000 && c < 0x3040) ||
             (c >= 0xff00 && c < 0xff10) || (c >= 0xff1a && c < 0xff21) || c == 0xfffd ||
             c >= 0x1f000);
  }

  // A link that was pasted into itself: behind a part of the key, the link (or its part from the
  // path on) stands again. The rest of the key is at the end.
  void repair_pasted_link(std::size_t query) {
    const std::size_t path = path_of(query);
    for (const std::size_t again : {found_.first, host_of(path), path}) {
      const std::size_t size = query - again;
      for (std::size_t i = key_first_; size > 0 && i + size < chars_.size(); ++i) {
        if (i > key_first_ && !is_hex_digit(at(i - 1))) break;
        if (at(i + size) != '?' || !is_same(again, i, size)) continue;
        const std::size_t name = size_of_name(chars_, i + size + 1);
        if (name == 0) continue;
        KeyReading key = read_key(chars_, i + size + 1 + name);
        if (!key.is_key || key.refusal) continue;
        key_ = std::move(key);
        return read_other_parameters();
      }
    }
  }
  bool is_same(std::size_t a, std::size_t b, std::size_t size) const {
    for (std::size_t i = 0; i < size; ++i)
      if (at(a + i) != at(b + i)) return false;
    return true;
  }
  // The "/" before the token.
  std::size_t path_of(std::size_t query) const {
    std::size_t i = query;
    while (i > found_.first && at(i - 1) != '/') --i;
    return i > found_.first ? i - 1 : query;
  }
  std::size_t host_of(std::size_t path) const {
    std::size_t i = path;
    while (i > found_.first && at(i - 1) != '/') --i;
    return i;
  }

  void finish() {
    found_.is_link_like = true;
    found_.has_whole_key = key_.is_key;
    std::string link;
    for (std::size_t i = found_.first; i < name_; ++i) link += at(i);
    for (std::size_t i = found_.first; i < found_.last; ++i)
      found_.encodings |= i == found_.first ? chars_[i].encodings & ~kLeftOut : chars_[i].encodings;
    if (found_.refusal) return;
    if (key_.refusal) {
      found_.refusal = std::move(key_.refusal);
    } else {
      std::string whole = link + "public_key=" + key_.text;
      for (std::size_t i = key_.end; i < found_.last; ++i) whole += at(i);
      Result<JoinUrl, LinkRefusal> url = parse_join_url(whole);
      if (url) {
        found_.url = std::move(*url);
        return;
      }
      found_.refusal = url.why();
    }
    std::string_view rest = link;
    if (Result<BaseUrl, LinkRefusal> base = parse_link_base(rest)) found_.base = std::move(*base);
    if (has_unknown_reference(link)) found_.meets_markup = true;
  }
  // "&uuml;": only those that matter in links are encodings here.
  static bool has_unknown_reference(std::string_view link) {
    for (auto at = link.find('&'); at != std::string_view::npos; at = link.find('&', at + 1)) {
      std::size_t i = at + 1;
      while (i < link.size() && is_alnum(link[i])) ++i;
      if (i > at + 1 && i < link.size() && link[i] == ';') return true;
    }
    return false;
  }

  const std::vector<DecodedChar>& chars_;
  const std::size_t name_;
  const bool follows_text_;
  std::size_t key_first_ = 0;
  KeyReading key_;
  LinkReading found_;
};

}  // namespace

std::size_t size_of_name(const std::vector<DecodedChar>& chars, std::size_t i) {
  const std::size_t first = i;
  const auto is_at = [&](char c) { return i < chars.size() && chars[i].byte == c; };
  for (const char c : kName) {
    if (!is_at(c)) return 0;
    ++i;
  }
  if (is_at(' ')) ++i;
  return is_at('=') ? i + 1 - first : 0;
}

LinkReading read_link(const std::vector<DecodedChar>& chars, std::size_t i, bool follows_text) {
  return LinkReader{chars, i, follows_text}.read();
}
