#include "portrait.hpp"

#include <algorithm>

#include "address.hpp"
#include "merge.hpp"

namespace {

using Sightings = std::vector<const Server*>;
using Time = std::optional<std::string>;

// What an address that no longer speaks for the server knew of its past.
Server past_of(const Server& sighting) {
  const std::string last = *sighting.key->proven_at;
  Server past;
  past.base_url = sighting.base_url;
  past.first_seen = sighting.first_seen;
  past.rooms = sighting.rooms;
  for (Room& room : past.rooms) {
    join_least(room.last_seen, Time{last});
    std::erase_if(room.users, [&](const DayOfUsers& day) { return day.day > last.substr(0, 10); });
  }
  past.answers = sighting.answers;
  std::erase_if(past.answers,
                [&](const DayOfAnswers& day) { return day.day > last.substr(0, 10); });
  return past;
}

// What was asked, and what was claimed, where nobody answered for the key.
Server asking_of(const Server& sighting) {
  Server asking;
  asking.public_keys = sighting.public_keys;
  asking.room_hints = sighting.room_hints;
  asking.found_on = sighting.found_on;
  asking.answers = sighting.answers;
  for (DayOfAnswers& day : asking.answers) day.answered = 0;
  return asking;
}

// Addresses of one server differ by a few people and a few seconds: what is shown
// is what the best one says, unless it has not had the room for a day.
void let_the_best_speak(Server& server, const Sightings& voices) {
  server.capabilities = voices.front()->capabilities;
  server.prints_url = voices.front()->prints_url;
  server.rooms_from = voices.front()->rooms_from;
  server.dropped = voices.front()->dropped;
  for (Room& room : server.rooms)
    for (const Server* voice : voices) {
      const auto own = std::lower_bound(
          voice->rooms.begin(), voice->rooms.end(), room.token,
          [](const Room& candidate, const std::string& token) { return candidate.token < token; });
      if (own == voice->rooms.end() || own->token != room.token ||
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

// One of several addresses, or askings, is not to be found again from what is shown.
void keep_sightings(Server& server, const Evidence& evidence) {
  if (evidence.members.size() + evidence.askings.size() == 1) return;
  for (const Server& member : evidence.members) server.sightings.push_back(member);
  for (const Server& asking : evidence.askings) server.sightings.push_back(asking);
}

}  // namespace

Voices voices_of(const Evidence& evidence, const Rules& rules) {
  Voices voices;
  Time newest_proof;
  for (const Server& member : evidence.members) join_most(newest_proof, member.key->proven_at);
  for (const Server& member : evidence.members) {
    if (newest_proof && !member.key->proven_at) continue;  // it only says so
    const bool speaks =
        !newest_proof ||
        seconds_of(*newest_proof) - seconds_of(*member.key->proven_at) <= rules.grace;
    (speaks ? voices.present : voices.past).push_back(&member);
  }
  sort_by_address(voices.present);
  return voices;
}

Server portrait_of(const Evidence& evidence, const Rules& rules) {
  const Voices voices = voices_of(evidence, rules);
  const Server& printed = *voices.present.front();

  Server server = printed;
  for (const Server* voice : voices.present)
    if (voice != &printed) join_sightings(server, *voice);
  for (const Server* voice : voices.past) join_sightings(server, past_of(*voice));
  for (const Server& asking : evidence.askings) join_sightings(server, asking_of(asking));
  let_the_best_speak(server, voices.present);
  server.probe = printed.probe;
  for (const Server& asking : evidence.askings) join_probes(server.probe, asking.probe);
  server.note = printed.note;
  server.others = printed.others;
  server.key->status = printed.key->status;
  server.key->judged_at = printed.key->judged_at;
  tell_rooms_their_pages(server);

  for (const Server& member : evidence.members)
    if (&member != &printed)
      server.aliases.push_back(
          {member.base_url, member.first_seen, member.last_seen, member.key->proven_at, {}});
  keep_sightings(server, evidence);
  return server;
}

Server claim_of(const Evidence& evidence) {
  Server server = evidence.members.front();
  for (const Server& asking : evidence.askings) {
    join_sightings(server, asking_of(asking));
    join_probes(server.probe, asking.probe);
  }
  keep_sightings(server, evidence);
  return server;
}
