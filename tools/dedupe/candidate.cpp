#include "candidate.hpp"

#include <algorithm>
#include <tuple>

#include "checks.hpp"
#include "merge.hpp"

namespace {

Server one_candidate(const Server& known) {
  Server candidate;
  candidate.base_url = known.base_url;
  candidate.public_keys = known.public_keys;
  if (known.key) candidate.public_keys.push_back({known.key->public_key, {}, {}, {}, {}, {}, {}});
  candidate.probe = known.probe;
  candidate.room_hints = known.room_hints;
  candidate.found_on = known.found_on;
  candidate.note = known.note;
  candidate.others = known.others;
  check(candidate);
  make_sets(candidate);
  return candidate;
}

// Of the keys that were found at an address: the one proved last, else judged last.
auto rank_of(const Key& key) { return std::tie(key.proven_at, key.judged_at, key.public_key); }

}  // namespace

Server candidate_of(Join join) {
  check(join);
  make_pages_a_set(join.found_on);
  make_words_a_set(join.tags);
  Server candidate;
  candidate.base_url = std::move(join.base_url);
  candidate.public_keys.push_back({join.public_key, join.found_on, {}, {}, {}, {}, {}});
  candidate.room_hints.push_back({std::move(join.token),
                                  {std::move(join.public_key)},
                                  join.found_on,
                                  std::move(join.tags),
                                  {},
                                  {}});
  candidate.found_on = std::move(join.found_on);  // pages that name a room name its server
  return candidate;
}

std::vector<Server> candidates_of(const Server& server) {
  std::vector<Server> candidates;
  for (const Server& sighting : server.sightings) candidates.push_back(one_candidate(sighting));
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
  return memory;
}

void remember(Server& candidate, const Server& found_out) {
  Server memory;
  memory.probe = found_out.probe;
  if (!candidate.key || (found_out.key && rank_of(*candidate.key) < rank_of(*found_out.key)))
    candidate.key = found_out.key;
  if (found_out.key && found_out.key->proven_at)
    memory.public_keys.push_back({found_out.key->public_key, {}, {}, {}, {}, {}, {}});
  for (const ClaimedKey& claim : found_out.public_keys)
    if (std::any_of(candidate.public_keys.begin(), candidate.public_keys.end(),
                    [&](const ClaimedKey& now) { return now.public_key == claim.public_key; }))
      memory.public_keys.push_back(claim);
  make_sets(memory);
  join_claims(candidate, memory);
}
