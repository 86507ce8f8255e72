#include "list/build_server.hpp"

#include <algorithm>

#include "list/address.hpp"
#include "merge/merge.hpp"

namespace {

using Observations = std::vector<const Server*>;
using Time = std::optional<std::string>;

// What an address that no longer speaks for the server knew of its past.
Server past_of(const Server& observation) {
  const std::string last = *observation.key->proven_at;
  Server past;
  past.base_url = observation.base_url;
  past.first_seen = observation.first_seen;
  past.rooms = observation.rooms;
  for (Room& room : past.rooms) {
    merge_least(room.last_seen, Time{last});
    std::erase_if(room.users, [&](const DayOfUsers& day) { return day.day > last.substr(0, 10); });
  }
  past.answers = observation.answers;
  std::erase_if(past.answers,
                [&](const DayOfAnswers& day) { return day.day > last.substr(0, 10); });
  return past;
}

// What was asked, and what was claimed, where nobody answered for the key.
Server unanswered_part_of(const Server& observation) {
  Server asking;
  asking.public_keys = observation.public_keys;
  asking.room_hints = observation.room_hints;
  asking.found_on = observation.found_on;
  asking.answers = observation.answers;
  for (DayOfAnswers& day : asking.answers) day.answered = 0;
  return asking;
}

// Addresses of one server differ by a few people and a few seconds: what is shown
// is what the best one says, unless it has not had the room for a day.
void let_the_best_speak(Server& server, const Observations& addresses) {
  server.capabilities = addresses.front()->capabilities;
  server.prints_url = addresses.front()->prints_url;
  server.rooms_from = addresses.front()->rooms_from;
  server.dropped = addresses.front()->dropped;
  for (Room& room : server.rooms)
    for (const Server* address : addresses) {
      const auto own = std::lower_bound(
          address->rooms.begin(), address->rooms.end(), room.token,
          [](const Room& candidate, const std::string& token) { return candidate.token < token; });
      if (own == address->rooms.end() || own->token != room.token ||
          seconds_of(*room.last_seen) - seconds_of(*own->last_seen) >= kDay)
        continue;
      Room shown = *own;
      shown.first_seen = room.first_seen;
      shown.last_seen = room.last_seen;
      shown.users = std::move(room.users);
      room = std::move(shown);
      break;
    }
}

bool same_token(std::string_view a, std::string_view b, bool in_any_case) {
  if (!in_any_case || a.size() != b.size()) return a == b;
  return std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
    return x == y || ((x ^ y) == 0x20 && (x | 0x20) >= 'a' && (x | 0x20) <= 'z');
  });
}

// Pages name rooms as people type them; a room spelled just so comes first.
void tell_rooms_their_pages(Server& server) {
  for (const RoomHint& hint : server.room_hints)
    for (const bool in_any_case : {false, true}) {
      const auto room = std::find_if(server.rooms.begin(), server.rooms.end(), [&](const Room& r) {
        return same_token(r.token, hint.token, in_any_case);
      });
      if (room == server.rooms.end()) continue;
      room->found_on.insert(room->found_on.end(), hint.found_on.begin(), hint.found_on.end());
      room->tags.insert(room->tags.end(), hint.tags.begin(), hint.tags.end());
      break;
    }
  for (Room& room : server.rooms) {
    make_pages_a_set(room.found_on);
    make_words_a_set(room.tags);
  }
}

// One of several addresses, or unanswered, is not to be found again from what is shown.
void keep_observations(Server& server, const Sources& sources) {
  if (sources.members.size() + sources.unanswered.size() == 1) return;
  for (const Server& member : sources.members) server.observations.push_back(member);
  for (const Server& asking : sources.unanswered) server.observations.push_back(asking);
}

}  // namespace

AuthoritativeAddresses authoritative_addresses(const Sources& sources, const Rules& rules) {
  AuthoritativeAddresses addresses;
  Time newest_proof;
  for (const Server& member : sources.members) merge_most(newest_proof, member.key->proven_at);
  for (const Server& member : sources.members) {
    if (newest_proof && !member.key->proven_at) continue;  // it only says so
    const bool speaks =
        !newest_proof ||
        seconds_of(*newest_proof) - seconds_of(*member.key->proven_at) <= rules.grace;
    (speaks ? addresses.present : addresses.past).push_back(&member);
  }
  sort_by_address(addresses.present);
  return addresses;
}

Server build_server(const Sources& sources, const Rules& rules) {
  const AuthoritativeAddresses addresses = authoritative_addresses(sources, rules);
  const Server& printed = *addresses.present.front();

  Server server = printed;
  for (const Server* address : addresses.present)
    if (address != &printed) merge_observations(server, *address);
  for (const Server* address : addresses.past) merge_observations(server, past_of(*address));
  for (const Server& asking : sources.unanswered)
    merge_observations(server, unanswered_part_of(asking));
  let_the_best_speak(server, addresses.present);
  server.probe = printed.probe;
  for (const Server& asking : sources.unanswered) merge_probes(server.probe, asking.probe);
  server.note = printed.note;
  server.others = printed.others;
  server.key->status = printed.key->status;
  server.key->judged_at = printed.key->judged_at;
  tell_rooms_their_pages(server);

  for (const Server& member : sources.members)
    if (&member != &printed)
      server.aliases.push_back(
          {member.base_url, member.first_seen, member.last_seen, member.key->proven_at, {}});
  keep_observations(server, sources);
  return server;
}

Server build_claim(const Sources& sources) {
  Server server = sources.members.front();
  for (const Server& asking : sources.unanswered) {
    merge_observations(server, unanswered_part_of(asking));
    merge_probes(server.probe, asking.probe);
  }
  keep_observations(server, sources);
  return server;
}
