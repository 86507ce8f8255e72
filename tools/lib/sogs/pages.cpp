#include "sogs/pages.hpp"

#include <algorithm>
#include <set>

#include "html/character_references.hpp"
#include "sogs/rooms.hpp"

namespace {

constexpr std::size_t kLongestLink = 512;  // bytes before and behind "public_key"
constexpr std::size_t kMostNames = 1000;
constexpr std::size_t kMostLinks = 20;
constexpr std::string_view kLinkEnds = " \t\r\n<>\"'`";

// The link around `at`, up to white space, quotes or tags.
std::string_view link_around(std::string_view html, std::size_t at) {
  const std::size_t from = at > kLongestLink ? at - kLongestLink : 0;
  std::string_view before = html.substr(from, at - from);
  if (const auto end = before.find_last_of(kLinkEnds); end != std::string_view::npos)
    before.remove_prefix(end + 1);
  const std::string_view after = html.substr(at, kLongestLink);
  return html.substr(at - before.size(),
                     before.size() + std::min(after.find_first_of(kLinkEnds), after.size()));
}

}  // namespace

std::vector<std::string> tokens_on_index(std::string_view html) {
  constexpr std::string_view kPrefixes[] = {"/r/", "/view/room/"};
  std::set<std::string> tokens;
  for (const std::string_view prefix : kPrefixes)
    for (auto at = html.find(prefix); at != std::string_view::npos && tokens.size() < kMostRooms;
         at = html.find(prefix, at + 1)) {
      const std::string_view before = html.substr(0, at);
      if (!before.ends_with("href=\"") && !before.ends_with("href='")) continue;
      std::string_view token = html.substr(at + prefix.size(), 65);  // a token has 64 at most
      token = token.substr(0, token.find_first_of("\"'/?#<> \t\r\n"));
      if (is_token(token)) tokens.emplace(token);
    }
  return {tokens.begin(), tokens.end()};
}

std::vector<JoinUrl> joins_on_preview(std::string_view html) {
  constexpr std::string_view kName = "public_key=";
  std::vector<JoinUrl> joins;
  std::size_t names = 0;
  for (auto at = html.find(kName); at != std::string_view::npos && ++names <= kMostNames;
       at = html.find(kName, at + kName.size()))
    if (auto join = parse_join_url(decode_references(link_around(html, at)));
        join && joins.size() < kMostLinks)
      joins.push_back(std::move(*join));
  return joins;
}
