#include "link_scan.hpp"

#include <algorithm>

#include "anchors.hpp"

namespace {

constexpr std::string_view kWord = "public_key=";
constexpr std::size_t kKeyDigits = 64;
// How far around an anchor a link may reach: 4 KiB hold the longest one with
// every character written as a reference. Most are found in the nearer window.
constexpr LinkScan::Window kFar{4096, 2048}, kNear{512, 192};
// The same for "public_key=" itself, when it is broken.
constexpr LinkScan::Window kName{64, 96};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Whether a key is over before `rest`, without anything to undo.
bool ends_plainly(std::string_view rest) {
  const char next = rest.size() > 1 ? rest[1] : ' ';
  if (rest[0] == '<') return next != 'w' && next != 'W' && next != '!';  // <wbr>, a comment
  if (rest[0] == '\\') return next != 'u' && next != 'x' && next != '\\';
  return std::string_view{" \t\r\n\"')]>|`*,.;"}.find(rest[0]) != std::string_view::npos;
}

// Whether the byte can be part of what is undone.
bool can_break(char c) {
  return c == '&' || c == '<' || c == '>' || c == '\\' || c == '%' || c == '\n' || c == '\r' ||
         (c & 0x80);
}

// Where in "public_key=" the anchor stands: its letters are all different.
std::size_t place_in_name(char byte) { return kWord.find(byte); }

std::size_t cell_at(const std::vector<Cell>& cells, std::size_t where) {
  const auto cell = std::lower_bound(cells.begin(), cells.end(), where,
                                     [](const Cell& c, std::size_t at) { return c.begin < at; });
  return static_cast<std::size_t>(cell - cells.begin());
}

// The first cell of the name that the anchor at `where` is part of, or nothing.
std::optional<std::size_t> name_around(const std::vector<Cell>& cells, std::size_t where) {
  const std::size_t i = cell_at(cells, where);
  if (i == cells.size() || cells[i].begin != where) return std::nullopt;
  const std::size_t place = place_in_name(cells[i].byte);
  if (place == std::string_view::npos || place > i || !spells_name(cells, i - place))
    return std::nullopt;
  return i - place;
}

}  // namespace

std::size_t LinkScan::look_at(std::string_view text, bool is_last) {
  const std::size_t stop = is_last ? text.size() : text.size() - std::min(text.size(), kFar.ahead);
  while (next_ < stop) {
    const std::size_t anchor = next_anchor(text, next_);
    if (anchor >= stop) break;
    next_ = anchor + 1;
    if (!read_plain(text, anchor) && looks_promising(text, anchor)) read_undone(text, anchor);
  }
  next_ = std::max(next_, stop);
  const std::size_t done = next_ - std::min(next_, kFar.back);
  next_ -= done;
  floor_ -= std::min(floor_, done);
  return done;
}

// The usual case, without looking at more than the link.
bool LinkScan::read_plain(std::string_view text, std::size_t anchor) {
  const std::size_t key = anchor + kWord.size(), end = key + kKeyDigits;
  if (end >= text.size() || text.substr(anchor, kWord.size()) != kWord) return false;
  for (std::size_t i = key; i < end; ++i)
    if (!is_hex(text[i])) return false;
  if (!ends_plainly(text.substr(end, 2))) return false;

  std::size_t i = anchor;
  if (i == floor_ || text[--i] != '?') return false;
  const auto is_word = [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; };
  const std::size_t token_end = i;
  while (i > floor_ && is_word(text[i - 1])) --i;
  if (i == token_end || i == floor_ || text[--i] != '/') return false;
  while (i > floor_ && (is_word(text[i - 1]) || text[i - 1] == '.' || text[i - 1] == ':')) --i;
  if (i < floor_ + 2 || text[i - 1] != '/' || text[i - 2] != '/') return false;
  i -= 2;
  for (const std::string_view scheme : {"https:", "http:"}) {
    if (i < floor_ + scheme.size() || text.substr(i - scheme.size(), scheme.size()) != scheme)
      continue;
    Sighting sighting{i - scheme.size(), end, {}, {}, false, 0};
    Result<JoinUrl> url = parse_join_url(text.substr(sighting.begin, end - sighting.begin));
    if (!url) return false;  // its reason is found below
    sighting.url = std::move(*url);
    tell(text, std::move(sighting));
    return true;
  }
  return false;
}

// Whether the anchor belongs to "public_key=", as far as a few bytes can tell.
bool LinkScan::looks_promising(std::string_view text, std::size_t anchor) {
  const std::size_t begin = std::max(floor_, anchor - std::min(anchor, kName.back));
  const std::size_t end = std::min(text.size(), anchor + kName.ahead);
  if (text[anchor] == '_') {
    const std::string_view before = text.substr(begin, anchor - begin);
    if (before.ends_with("public")) return false;  // had its turn
    if (std::none_of(before.begin(), before.end(), can_break)) return false;
  } else if (text[anchor] == 'p') {
    const char after = anchor + 6 < text.size() ? text[anchor + 6] : ' ';
    if (after != '_' && !can_break(after)) return false;
  }
  undo(text, text[anchor] == 'p' ? anchor : begin, end, anchor, cells_);
  if (name_around(cells_, anchor)) return true;
  return undo_percent(cells_, decoded_) && name_around(decoded_, anchor);
}

void LinkScan::read_undone(std::string_view text, std::size_t anchor) {
  if (!read_window(text, anchor, kNear, false)) read_window(text, anchor, kFar, true);
}

// False when the link may go on outside the window.
bool LinkScan::read_window(std::string_view text, std::size_t anchor, Window window,
                           bool is_widest) {
  const std::size_t begin = std::max(floor_, anchor - std::min(anchor, window.back));
  const std::size_t end = std::min(text.size(), anchor + window.ahead);
  const bool is_whole = undo(text, begin, end, anchor, cells_) || end == text.size();

  Candidate best;
  const auto name = name_around(cells_, anchor);
  if (name) best = read_candidate(cells_, *name);
  if (!best.url && undo_percent(cells_, decoded_)) {
    if (const auto name_decoded = name_around(decoded_, anchor)) {
      Candidate candidate = read_candidate(decoded_, *name_decoded);
      if (candidate.url || !name || (candidate.is_link_like && candidate.undone & kPercent)) {
        best = std::move(candidate);
        cells_.swap(decoded_);
      }
    }
  }
  if (!is_widest && ((best.reaches_start && begin > floor_) || (best.is_link_like && !is_whole)))
    return false;

  Sighting sighting;
  sighting.begin = best.last > best.first ? cells_[best.first].begin : anchor;
  sighting.end = best.last > best.first ? cells_[best.last - 1].end : anchor + 1;
  sighting.meets_markup = !best.url && best.meets_markup;
  sighting.url = std::move(best.url);
  if (best.is_link_like) sighting.reason = std::move(best.reason);
  sighting.undone = best.undone;
  tell(text, std::move(sighting));
  return true;
}

void LinkScan::tell(std::string_view text, Sighting sighting) {
  next_ = floor_ = std::max(next_, sighting.end);
  if (sighting.url || !sighting.reason.empty() || sighting.meets_markup) use_(text, sighting);
}
