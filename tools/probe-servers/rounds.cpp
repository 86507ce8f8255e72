#include "rounds.hpp"

#include <algorithm>
#include <set>

#include "result.hpp"

namespace {

constexpr std::size_t kMostAtFirstContact = 3, kMostUnlisted = 8;

bool was_listed(const Server& candidate, const std::string& token) {
  return std::any_of(
      candidate.room_hints.begin(), candidate.room_hints.end(),
      [&token](const RoomHint& hint) { return hint.token == token && hint.seen.has_value(); });
}

}  // namespace

std::vector<std::string> Round::endpoints() const {
  std::vector<std::string> paths;
  for (const std::string& token : tokens) paths.push_back("/room/" + token);
  if (!page.empty()) paths.push_back("/r/" + page + "/");
  return paths;
}

Round first_round(const Server& candidate) {
  const std::vector<std::string> hints = tokens_to_ask_for(candidate);
  Round round;
  if (hints.empty()) return round;
  round.page = hints.front();
  const bool is_first_contact = !was_listed(candidate, hints.front());  // listed ones come first
  const std::size_t most = is_first_contact ? kMostAtFirstContact : kMostUnlisted;
  for (const std::string& token : hints)
    if (round.tokens.size() < most && !was_listed(candidate, token)) round.tokens.push_back(token);
  return round;
}

Round second_round(const AfterFirstRound& first, const std::vector<std::string>& hints,
                   const std::vector<KnownRoom>& rooms) {
  std::set<std::string> known;
  for (const std::string& token : first.asked.tokens) known.insert(folded_token(token));
  Round round;
  for (const KnownRoom& room : rooms) {
    known.insert(folded_token(room.room.token));
    if (round.page.empty() && room.room.read.value_or(false)) round.page = room.room.token;
  }
  for (const std::string& token : hints)
    if (known.insert(folded_token(token)).second) round.tokens.push_back(token);
  if (!first.has_list && round.page.empty() && !hints.empty()) round.page = hints.front();
  const bool page_was_asked = !first.asked.page.empty() && round.page == first.asked.page;
  if (first.has_page || page_was_asked || first.is_room_shown) round.page.clear();
  return round;
}
