#include "list/build_server.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "list/address.hpp"
#include "merge/merge.hpp"

namespace {

using Addresses = std::vector<const Server*>;
using Time = std::optional<std::string>;

bool was_proven(const Server& member) { return member.key->proven_at.has_value(); }

// The last proof of the key; of an address that never proved it, the last answer.
const Time& last_word(const Server& member) {
  return was_proven(member) ? member.key->proven_at : member.last_seen;
}

// The part of an address that no longer counts: its history until its last proof or answer.
Server past_of(const Server& observation) {
  const std::string last = *last_word(observation);
  Server past;
  past.base_url = observation.base_url;
  past.first_seen = observation.first_seen;
  past.rooms = observation.rooms;
  for (Room& room : past.rooms) {
    merge_least(room.last_seen, Time{last});
    std::erase_if(room.users, [&](const DayOfUsers& day) { return day.day > day_part(last); });
  }
  past.answers = observation.answers;
  std::erase_if(past.answers, [&](const DayOfAnswers& day) { return day.day > day_part(last); });
  return past;
}

// The part of an address that did not answer for the key: its probes and claims.
Server unanswered_part_of(const Server& observation) {
  Server part;
  part.public_keys = observation.public_keys;
  part.room_hints = observation.room_hints;
  part.found_on = observation.found_on;
  part.answers = observation.answers;
  for (DayOfAnswers& day : part.answers) day.answered = 0;
  return part;
}

// The answers of several addresses differ by a few people and a few seconds. Uses those of the
// first address, except for rooms that it has not shown for a day.
void show_what_the_first_says(Server& server, const Addresses& addresses) {
  server.capabilities = addresses.front()->capabilities;
  server.prints_url = addresses.front()->prints_url;
  server.rooms_from = addresses.front()->rooms_from;
  server.global_staff_count = addresses.front()->global_staff_count;
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
  return std::equal(a.begin(), a.end(), b.begin(),
                    [](char x, char y) { return to_lower(x) == to_lower(y); });
}

// People type tokens in upper or lower case. A room with exactly that spelling comes first.
void add_pages_to_rooms(Server& server) {
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

// The hosts of the key holder are one set, no matter at which address each was learned. Every
// address that proved the key keeps all of it, so that no host is lost when an address is
// forgotten.
void share_printed_hosts(Sources& sources) {
  std::vector<PrintedHost> all;
  for (const Server& member : sources.members)
    if (was_proven(member)) merge_printed_hosts(all, member.printed_hosts);
  for (Server& member : sources.members)
    if (was_proven(member)) member.printed_hosts = all;
}

// With several addresses, the record must hold their observations: they can't be derived from it.
void keep_observations(Server& server, const Sources& sources) {
  if (sources.members.size() + sources.unanswered.size() == 1) return;
  for (const Server& member : sources.members) server.observations.push_back(member);
  for (const Server& probe : sources.unanswered) server.observations.push_back(probe);
}

}  // namespace

const Hosts& peoples_hosts(const Sources& sources, const Rules& rules) {
  static const Hosts none;
  return rules.vouched ? rules.vouched->hosts(key_of(sources.members.front())) : none;
}

AuthoritativeAddresses authoritative_addresses(const Sources& sources, const Rules& rules) {
  AuthoritativeAddresses addresses;
  const bool is_proven = std::any_of(sources.members.begin(), sources.members.end(), was_proven);
  Time newest;
  for (const Server& member : sources.members)
    if (was_proven(member) == is_proven) merge_most(newest, last_word(member));
  for (const Server& member : sources.members) {
    if (was_proven(member) != is_proven) continue;
    const bool counts = seconds_of(newest, 0) - seconds_of(last_word(member), 0) <= rules.grace;
    (counts ? addresses.present : addresses.past).push_back(&member);
  }
  sort_by_address(addresses.present, peoples_hosts(sources, rules));
  if (!is_proven) {
    const std::string host = host_of(*addresses.present.front());
    std::erase_if(addresses.present, [&](const Server* one) { return host_of(*one) != host; });
  }
  return addresses;
}

Server build_server(Sources sources, const Rules& rules) {
  share_printed_hosts(sources);
  const AuthoritativeAddresses addresses = authoritative_addresses(sources, rules);
  const Server& printed = *addresses.present.front();

  Server server = printed;
  for (const Server* address : addresses.present)
    if (address != &printed) merge_observations(server, *address);
  for (const Server* address : addresses.past) merge_observations(server, past_of(*address));
  for (const Server& probe : sources.unanswered)
    merge_observations(server, unanswered_part_of(probe));
  show_what_the_first_says(server, addresses.present);
  server.probe = printed.probe;
  for (const Server& probe : sources.unanswered) merge_probes(server.probe, probe.probe);
  server.note = printed.note;
  server.unknown_members = printed.unknown_members;
  server.key->status = printed.key->status;
  server.key->judged_at = printed.key->judged_at;
  add_pages_to_rooms(server);

  for (const Server& member : sources.members)
    if (&member != &printed)
      server.aliases.push_back(
          {member.base_url, member.first_seen, member.last_seen, member.key->proven_at, {}});
  keep_observations(server, sources);
  return server;
}

Server build_claim(const Sources& sources) {
  Server server = sources.members.front();
  for (const Server& probe : sources.unanswered) {
    merge_observations(server, unanswered_part_of(probe));
    merge_probes(server.probe, probe.probe);
  }
  keep_observations(server, sources);
  return server;
}
