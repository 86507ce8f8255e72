#include "explanation.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "page_links.hpp"

namespace {

std::string list_of(unsigned encodings) {
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
    if (encodings & kind) list += (list.empty() ? "" : ", ") + std::string{name};
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
  LinkScanner scanner{[this](std::string_view, const LinkMatch& match) {
    if (url_ || !refused_.empty()) return;
    url_ = match.url;
    if (match.refusal) refused_ = match.refusal->text;
  }};
  scanner.scan(wanted_, true);
  if (!url_ && refused_.empty()) {
    const Result<JoinUrl, LinkRefusal> url = parse_join_url(wanted_);
    if (url)
      url_ = *url;
    else
      refused_ = url.reason();
  }
  if (url_) canonical_ = url_->text();
}

void Explanation::add(std::string_view page, std::string_view text, std::size_t line,
                      const LinkMatch& match) {
  if (!match.url && !match.refusal) return;
  const std::string spelling = spelling_of(text, match);
  const bool is_found = match.url && match.url->text() == canonical_;
  if (!is_found && (match.url || !is_wanted_miss(spelling))) return;
  const auto before = text.substr(0, match.begin);
  lines_ += printable(page);
  if (line > 0) {
    line += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    lines_ += ":" + std::to_string(line);
  }
  lines_ += ": ";
  if (is_found) {
    ++found_;
    lines_ += spelling == canonical_ ? "found as it is" : "found as " + printable(spelling);
    if (line == 0) lines_ += ", after parsing the page";
    if (match.encodings) lines_ += " (decoded: " + list_of(match.encodings) + ")";
  } else {
    lines_ += "refused " + printable(spelling) + ": " + match.refusal->text;
  }
  lines_ += '\n';
}

// A near miss is meant if it has the same spelling, the same key, or the same room.
bool Explanation::is_wanted_miss(std::string_view spelling) const {
  if (spelling == wanted_) return true;
  if (!url_) return false;
  const std::string seen = to_lower(spelling);
  return seen.find(url_->public_key) != std::string::npos ||
         seen.find(to_lower(url_->base.host_port() + "/" + url_->token)) != std::string::npos;
}

std::string Explanation::text() const {
  const std::string pages = std::to_string(pages_) + (pages_ == 1 ? " page" : " pages");
  if (!refused_.empty()) return lines_ + printable(wanted_) + ": refused: " + refused_;
  if (found_ == 0)
    return lines_ + canonical_ + ": not found on " + pages +
           (lines_.empty() ? "; if it is on another page, add that page as a source" : "");
  return lines_ + canonical_ + ": found " +
         (found_ == 1 ? "once" : std::to_string(found_) + " times") + " on " + pages;
}
