#include "explanation.hpp"

#include <algorithm>

#include "page_links.hpp"

namespace {

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

std::string list_of(unsigned undone) {
  constexpr struct {
    unsigned kind;
    std::string_view name;
  } kNames[] = {{kEntity, "character references"},
                {kBackslash, "backslash escapes"},
                {kPercent, "percent-encoding"},
                {kMarkup, "markup inside"},
                {kWrap, "line breaks"},
                {kInvisible, "invisible characters"}};
  std::string list;
  for (const auto& [kind, name] : kNames)
    if (undone & kind) list += (list.empty() ? "" : ", ") + std::string{name};
  return list;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= ' ' && c < 0x7f) {
      out += c;
      continue;
    }
    constexpr char kDigits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    out += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

Explanation::Explanation(std::string wanted) : wanted_{std::move(wanted)} {
  Result<JoinUrl> url = parse_join_url(wanted_);
  if (url) {
    canonical_ = url->text();
    url_ = std::move(*url);
  } else {
    refused_ = url.reason();
  }
}

void Explanation::look_at(std::string_view page, std::string_view text, std::size_t line,
                          const Sighting& sighting) {
  if (!sighting.url && sighting.reason.empty()) return;
  const std::string spelling = spelling_of(text, sighting);
  const bool is_found = sighting.url && sighting.url->text() == canonical_;
  if (!is_found && (sighting.url || !is_wanted_miss(spelling))) return;
  const auto before = text.substr(0, sighting.begin);
  lines_ += printable(page);
  if (line > 0) {
    line += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    lines_ += ":" + std::to_string(line);
  }
  lines_ += ": ";
  if (is_found) {
    ++found_;
    lines_ += spelling == canonical_ ? "found as it is" : "found as " + printable(spelling);
    if (line == 0) lines_ += ", once the page was parsed";
    if (sighting.undone) lines_ += " (undone: " + list_of(sighting.undone) + ")";
  } else {
    lines_ += "refused " + printable(spelling) + ": " + sighting.reason;
  }
  lines_ += '\n';
}

// The same spelling, the same key, or the same room.
bool Explanation::is_wanted_miss(std::string_view spelling) const {
  if (spelling == wanted_) return true;
  if (!url_) return false;
  const std::string seen = lower(spelling);
  return seen.find(url_->public_key) != std::string::npos ||
         seen.find(lower(url_->base.host_port() + "/" + url_->token)) != std::string::npos;
}

std::string Explanation::text() const {
  const std::string pages = std::to_string(pages_) + (pages_ == 1 ? " page" : " pages");
  if (!refused_.empty()) return lines_ + printable(wanted_) + ": refused: " + refused_;
  if (found_ == 0)
    return lines_ + canonical_ + ": not found on " + pages +
           (lines_.empty() ? "; if it stands on another one, that needs a source of its own" : "");
  return lines_ + canonical_ + ": found " +
         (found_ == 1 ? "once" : std::to_string(found_) + " times") + " on " + pages;
}
