#include "ask/candidate.hpp"

#include <algorithm>
#include <tuple>

#include "merge/merge.hpp"
#include "store/checks.hpp"

namespace {

ClaimedKey claim_to(std::string public_key) {
  ClaimedKey claim;
  claim.public_key = std::move(public_key);
  return claim;
}

Server one_candidate(const Server& known) {
  Server candidate;
  candidate.base_url = known.base_url;
  candidate.public_keys = known.public_keys;
  if (known.key) candidate.public_keys.push_back(claim_to(known.key->public_key));
  candidate.probe = known.probe;
  candidate.room_hints = known.room_hints;
  for (RoomHint& hint : candidate.room_hints) hint.seen.reset();
  candidate.found_on = known.found_on;
  candidate.note = known.note;
  candidate.unknown_members = known.unknown_members;
  check(candidate);
  make_sets(candidate);
  return candidate;
}

// Claims the proven key. If the set is full, it replaces the last claim.
void claim_proven_key(std::vector<ClaimedKey>& claims, const std::string& key) {
  auto at = std::lower_bound(
      claims.begin(), claims.end(), key,
      [](const ClaimedKey& claim, const std::string& wanted) { return claim.public_key < wanted; });
  if (at != claims.end() && at->public_key == key) return;
  at = claims.insert(at, claim_to(key));
  if (claims.size() > kMostKeys) claims.erase(at + 1 == claims.end() ? at - 1 : claims.end() - 1);
}

// Marks hints of rooms that the server once showed. If such a hint is missing because a flood of
// others filled the set, it replaces one of those that were never shown, the last ones first.
void remember_rooms(std::vector<RoomHint>& hints, const std::vector<RoomHint>& shown) {
  const bool is_full = hints.size() >= kMostHints;
  for (const RoomHint& room : shown) {
    const auto at = std::lower_bound(
        hints.begin(), hints.end(), room.token,
        [](const RoomHint& hint, const std::string& token) { return hint.token < token; });
    if (at != hints.end() && at->token == room.token)
      merge_most(at->seen, room.seen);
    else if (is_full)
      hints.insert(at, room);
  }
  for (std::size_t i = hints.size(); i-- > 0 && hints.size() > kMostHints;)
    if (!hints[i].seen) hints.erase(hints.begin() + static_cast<std::ptrdiff_t>(i));
}

// Of several keys found at an address, the one proved last counts, else the one with the last
// verdict.
auto rank_of(const Key& key) { return std::tie(key.proven_at, key.judged_at, key.public_key); }

}  // namespace

Server candidate_of(Join join) {
  check(join);
  make_pages_a_set(join.found_on);
  make_words_a_set(join.tags);
  Server candidate;
  candidate.base_url = std::move(join.base_url);
  candidate.public_keys.push_back(claim_to(join.public_key));
  candidate.public_keys.front().found_on = join.found_on;
  candidate.room_hints.push_back({std::move(join.token),
                                  {std::move(join.public_key)},
                                  join.found_on,
                                  std::move(join.tags),
                                  {},
                                  {},
                                  {}});
  candidate.found_on = std::move(join.found_on);  // a page that names a room also names its server
  return candidate;
}

std::vector<Server> candidates_of(const Server& server) {
  std::vector<Server> candidates;
  for (const Server& observation : server.observations)
    candidates.push_back(one_candidate(observation));
  if (candidates.empty()) candidates.push_back(one_candidate(server));
  return candidates;
}

Server found_out(const Server& server) {
  Server memory;
  memory.base_url = server.base_url;
  memory.probe = server.probe;
  memory.key = server.key;
  memory.public_keys = server.public_keys;
  for (ClaimedKey& claim : memory.public_keys) claim.found_on.clear();
  if (!server.rooms_from || is_from_hints(*server.rooms_from))
    for (const Room& room : server.rooms)
      if (room.last_seen)
        memory.room_hints.push_back({room.token, {}, {}, {}, {}, room.last_seen, {}});
  return memory;
}

void remember(Server& candidate, const Server& found_out) {
  Server memory;
  memory.probe = found_out.probe;
  if (!candidate.key || (found_out.key && rank_of(*candidate.key) < rank_of(*found_out.key)))
    candidate.key = found_out.key;
  for (const ClaimedKey& claim : found_out.public_keys)
    if (std::any_of(candidate.public_keys.begin(), candidate.public_keys.end(),
                    [&](const ClaimedKey& now) { return now.public_key == claim.public_key; }))
      memory.public_keys.push_back(claim);
  make_sets(memory);
  merge_claims(candidate, memory);
  if (found_out.key && found_out.key->proven_at)
    claim_proven_key(candidate.public_keys, found_out.key->public_key);
  remember_rooms(candidate.room_hints, found_out.room_hints);
}
