#include "link_scanner.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "triggers.hpp"

namespace {

constexpr std::string_view kWord = "public_key=";
constexpr std::size_t kKeyDigits = 64;
// How far around a trigger a link may reach: 4 KiB hold the longest one with every character
// written as a reference. Most are found in the near window.
constexpr LinkScanner::Window kFar{4096, 2048}, kNear{512, 192};
// The same for "public_key=" itself, when it is broken.
constexpr LinkScanner::Window kName{64, 96};

// Whether a key ends before `rest`, and nothing there needs decoding.
bool ends_plainly(std::string_view rest) {
  const char next = rest.size() > 1 ? rest[1] : ' ';
  if (rest[0] == '<') return next != 'w' && next != 'W' && next != '!';  // <wbr>, a comment
  if (rest[0] == '\\') return next != 'u' && next != 'x' && next != '\\';
  return std::string_view{" \t\r\n\"')]>|`*,.;"}.find(rest[0]) != std::string_view::npos;
}

// Whether the byte can be part of what is decoded.
bool can_break(char c) {
  return c == '&' || c == '<' || c == '>' || c == '\\' || c == '%' || c == '\n' || c == '\r' ||
         (c & 0x80);
}

// The index of the character at text[where].
std::size_t char_at(const std::vector<DecodedChar>& chars, std::size_t where) {
  const auto found =
      std::lower_bound(chars.begin(), chars.end(), where,
                       [](const DecodedChar& c, std::size_t at) { return c.begin < at; });
  return static_cast<std::size_t>(found - chars.begin());
}

// The first character of the "public_key=" that the trigger at text[where] is part of, or nothing.
std::optional<std::size_t> name_around(const std::vector<DecodedChar>& chars, std::size_t where) {
  const std::size_t i = char_at(chars, where);
  if (i == chars.size() || chars[i].begin != where) return std::nullopt;
  const std::size_t place = kWord.find(chars[i].byte);  // its letters are all different
  if (place == std::string_view::npos || place > i || size_of_name(chars, i - place) == 0)
    return std::nullopt;
  return i - place;
}

}  // namespace

std::size_t LinkScanner::scan(std::string_view text, bool is_last) {
  const std::size_t stop = is_last ? text.size() : text.size() - std::min(text.size(), kFar.ahead);
  while (next_ < stop) {
    const std::size_t trigger = next_trigger(text, next_);
    if (trigger >= stop) break;
    next_ = trigger + 1;
    if (!read_plain(text, trigger) && looks_promising(text, trigger)) read_decoded(text, trigger);
  }
  next_ = std::max(next_, stop);
  const std::size_t done = next_ - std::min(next_, kFar.back);
  next_ -= done;
  if (floor_ < done) floor_follows_text_ = false;
  floor_ -= std::min(floor_, done);
  return done;
}

// The usual case: reads only the bytes of the link.
bool LinkScanner::read_plain(std::string_view text, std::size_t trigger) {
  const std::size_t key = trigger + kWord.size(), end = key + kKeyDigits;
  if (end >= text.size() || text.substr(trigger, kWord.size()) != kWord) return false;
  for (std::size_t i = key; i < end; ++i)
    if (!is_hex_digit(text[i])) return false;
  if (!ends_plainly(text.substr(end, 2))) return false;

  std::size_t i = trigger;
  if (i == floor_ || text[--i] != '?') return false;
  const auto is_word = [](char c) { return is_alnum(c) || c == '_' || c == '-'; };
  const std::size_t token_end = i;
  while (i > floor_ && is_word(text[i - 1])) --i;
  if (i == token_end || i == floor_ || text[--i] != '/') return false;
  while (i > floor_ && (is_word(text[i - 1]) || text[i - 1] == '.' || text[i - 1] == ':')) --i;
  if (i < floor_ + 2 || text[i - 1] != '/' || text[i - 2] != '/') return false;
  i -= 2;
  for (const std::string_view scheme : {"https:", "http:"}) {
    if (i < floor_ + scheme.size() || text.substr(i - scheme.size(), scheme.size()) != scheme)
      continue;
    LinkMatch match;
    match.begin = i - scheme.size();
    match.end = end;
    Result<JoinUrl, LinkRefusal> url = parse_join_url(text.substr(match.begin, end - match.begin));
    if (!url) return false;  // read_decoded() finds the reason
    match.url = std::move(*url);
    tell(text, match);
    return true;
  }
  return false;
}

// Whether the trigger belongs to "public_key=", as far as a few bytes can tell.
bool LinkScanner::looks_promising(std::string_view text, std::size_t trigger) {
  const std::size_t begin = std::max(floor_, trigger - std::min(trigger, kName.back));
  const std::size_t end = std::min(text.size(), trigger + kName.ahead);
  if (text[trigger] == '_') {
    const std::string_view before = text.substr(begin, trigger - begin);
    if (before.ends_with("public")) return false;  // "public" was a trigger already
    if (std::none_of(before.begin(), before.end(), can_break)) return false;
  } else if (text[trigger] == 'p') {
    const char after = trigger + 6 < text.size() ? text[trigger + 6] : ' ';
    if (after != '_' && !can_break(after)) return false;
  }
  decode(text, text[trigger] == 'p' ? trigger : begin, end, trigger, chars_);
  decoded_ += chars_.size();
  if (name_around(chars_, trigger)) return true;
  return decode_percent(chars_, percent_decoded_) && name_around(percent_decoded_, trigger);
}

void LinkScanner::read_decoded(std::string_view text, std::size_t trigger) {
  if (!read_window(text, trigger, kNear, false)) read_window(text, trigger, kFar, true);
}

// Returns false if the link may go on outside the window.
bool LinkScanner::read_window(std::string_view text, std::size_t trigger, Window window,
                              bool is_widest) {
  const std::size_t begin = std::max(floor_, trigger - std::min(trigger, window.back));
  const std::size_t end = std::min(text.size(), trigger + window.ahead);
  const bool is_whole = decode(text, begin, end, trigger, chars_) || end == text.size();
  decoded_ += chars_.size();

  const bool follows_text = floor_follows_text_ && begin == floor_;
  LinkReading best;
  const auto name = name_around(chars_, trigger);
  if (name) best = read_link(chars_, *name, follows_text);
  if (!best.url && decode_percent(chars_, percent_decoded_)) {
    if (const auto decoded_name = name_around(percent_decoded_, trigger)) {
      LinkReading reading = read_link(percent_decoded_, *decoded_name, follows_text);
      if (reading.url || !name || (reading.is_link_like && reading.encodings & kPercent)) {
        best = std::move(reading);
        chars_.swap(percent_decoded_);
      }
    }
  }
  if (!is_widest && ((best.reaches_start && begin > floor_) || (best.is_link_like && !is_whole)))
    return false;

  LinkMatch match;
  const bool is_empty = best.last == best.first;
  match.begin = is_empty ? trigger : chars_[best.first].begin;
  match.end = is_empty ? trigger + 1 : chars_[best.last - 1].end;
  match.meets_markup = !best.url && best.meets_markup;
  match.url = std::move(best.url);
  if (best.is_link_like) match.refusal = std::move(best.refusal);
  match.base = std::move(best.base);
  match.encodings = best.encodings;
  const bool ends_in_text =
      !is_empty && !best.has_whole_key && is_alnum(chars_[best.last - 1].byte);
  tell(text, match);
  floor_follows_text_ = ends_in_text;
  return true;
}

void LinkScanner::tell(std::string_view text, const LinkMatch& match) {
  next_ = floor_ = std::max(next_, match.end);
  floor_follows_text_ = false;
  if (match.url || match.refusal || match.meets_markup) use_(text, match);
}
