#include "store/observation.hpp"

#include <algorithm>
#include <set>

#include "base/ascii.hpp"
#include "http/address_guard.hpp"
#include "merge/merge.hpp"
#include "record/people.hpp"
#include "store/checks.hpp"
#include "url/join_url.hpp"

namespace {

// Names for documentation (RFC 2606).
bool is_for_documentation(std::string_view host) {
  for (const std::string_view name : {"example.com", "example.net", "example.org"})
    if (host == name || (host.ends_with(name) && host[host.size() - name.size() - 1] == '.'))
      return true;
  return false;
}

std::string day_in(const std::string& time) { return std::string{day_part(time)}; }
int hour_in(const std::string& time) { return std::stoi(time.substr(11, 2)); }

// The listing derives these members anew each time.
void drop_conclusions(Server& record) {
  record.server_id.reset();
  record.aliases.clear();
  record.copy_of.reset();
  record.same_rooms_as.reset();
  record.flags.clear();
  record.gone.reset();
  record.observations.clear();
  for (RoomHint& hint : record.room_hints) hint.seen.reset();
  for (Room& room : record.rooms) {
    room.identifier.reset();
    room.join_url.reset();
    room.preview_url.reset();
    room.tags.clear();
    room.found_on.clear();
    room.returned.reset();
    room.gone.reset();
  }
}

void stamp(std::optional<std::string>& time, const std::string& at) {
  if (!time) time = at;
}

void stamp(std::vector<FoundOn>& pages, const std::string& at) {
  for (FoundOn& page : pages) {
    stamp(page.since, at);
    stamp(page.last, at);
  }
}

void stamp_claims(Server& observation, const std::string& at) {
  stamp(observation.found_on, at);
  for (ClaimedKey& claim : observation.public_keys) {
    stamp(claim.found_on, at);
    stamp(claim.last, at);
  }
  for (RoomHint& hint : observation.room_hints) {
    stamp(hint.found_on, at);
    stamp(hint.last, at);
  }
}

void stamp_room(Room& room, const std::string& at) {
  stamp(room.first_seen, at);
  stamp(room.last_seen, at);
  room.users.push_back({day_in(*room.last_seen), weekly_users(room), room.message_sequence});
}

// A record that no dedupe has seen yet has no history. What its probe proved is entered now:
// later, its status may come from another probe than its prints_url.
void enter_own_host(Server& observation, const std::string& at) {
  if (observation.first_seen || !observation.key || observation.key->status != KeyStatus::proven)
    return;
  if (std::string host = own_host(observation); !host.empty())
    observation.printed_hosts.push_back({std::move(host), at});
}

// What pages claim of rooms that a server with its key did not show now. Later pages say it again;
// kept, links with other tokens in each crawl would fill the record.
// Only of a record that no dedupe has seen yet: the merged rooms must not decide again.
void drop_hints_of_no_room(Server& observation) {
  std::set<std::string> tokens;
  for (const Room& room : observation.rooms) tokens.insert(to_lower(room.token));
  std::erase_if(observation.room_hints,
                [&](const RoomHint& hint) { return !tokens.contains(to_lower(hint.token)); });
}

// Removes what only an answer can give.
void drop_answer(Server& observation) {
  observation.rooms.clear();
  observation.capabilities.clear();
  observation.prints_url.reset();
  observation.rooms_from.reset();
  observation.global_staff_count.reset();
  observation.dropped.clear();
}

void enter(Server& observation) {
  const std::string at = observation.probe->at;
  const bool answered = observation.probe->outcome == ProbeOutcome::ok;
  const std::int64_t hour = std::int64_t{1} << hour_in(at);
  observation.answers.push_back({day_in(at), hour, answered ? hour : 0});
  if (answered) {
    if (!observation.first_seen && observation.key && observation.key->status == KeyStatus::proven)
      drop_hints_of_no_room(observation);
    enter_own_host(observation, at);
    merge_least(observation.first_seen, std::optional{at});
    merge_most(observation.last_seen, std::optional{at});
  }
  if (observation.key) {
    stamp(observation.key->judged_at, at);
    if (observation.key->status == KeyStatus::proven) stamp(observation.key->proven_at, at);
  }
  stamp_claims(observation, at);
  if (!observation.last_seen) drop_answer(observation);
  for (Room& room : observation.rooms) stamp_room(room, *observation.last_seen);
}

template <class T>
void drop_older(std::vector<T>& list, const std::string& limit, std::string T::*time) {
  std::erase_if(list, [&](const T& item) { return item.*time < limit; });
}

template <class T>
void drop_older(std::vector<T>& list, const std::string& limit,
                std::optional<std::string> T::*time) {
  std::erase_if(list, [&](const T& item) { return item.*time && *(item.*time) < limit; });
}

void forget_pages(Server& observation, const std::string& limit) {
  drop_older(observation.found_on, limit, &FoundOn::last);
  drop_older(observation.public_keys, limit, &ClaimedKey::last);
  drop_older(observation.room_hints, limit, &RoomHint::last);
  for (ClaimedKey& claim : observation.public_keys)
    drop_older(claim.found_on, limit, &FoundOn::last);
  for (RoomHint& hint : observation.room_hints) drop_older(hint.found_on, limit, &FoundOn::last);
}

void forget_answers(Server& observation) {
  observation.first_seen.reset();
  observation.last_seen.reset();
  drop_answer(observation);
  if (observation.key && observation.key->status != KeyStatus::refuted) {
    observation.key->status = KeyStatus::unproven;
    observation.key->judged_at = observation.probe->at;
  }
  if (observation.key) {
    observation.key->proven_at.reset();
    observation.key->cipher.reset();
  }
}

}  // namespace

const std::string& key_of(const Server& observation) {
  static const std::string none;
  return observation.key ? observation.key->public_key : none;
}

std::vector<Server> observations_of(Server record) {
  std::vector<Server> observations = std::move(record.observations);
  if (observations.empty()) observations.push_back(std::move(record));
  for (Server& observation : observations) check(observation);
  std::erase_if(observations, [](const Server& observation) {
    return !observation.probe || observation.probe->outcome == ProbeOutcome::not_asked ||
           observation.probe->outcome == ProbeOutcome::proxy;
  });
  for (Server& observation : observations) {
    drop_conclusions(observation);
    enter(observation);
    make_sets(observation);
  }
  return observations;
}

std::string own_host(const Server& observation) {
  if (!observation.prints_url) return {};
  const Result<BaseUrl> named = parse_base_url(*observation.prints_url);
  static const AddressGuard guard{{}};
  if (!named || is_for_documentation(named->host) || !guard.may_let_through(named->host)) return {};
  return named->host;
}

UnixTime seconds_of(std::string_view time) { return parse_rfc3339(time).value_or(0); }

std::string twin_address(const std::string& base_url) {
  const auto host = base_url.find("//") + 2;
  if (base_url.find(':', std::max(host, base_url.find(']') + 1)) != std::string::npos) return {};
  return (base_url.starts_with("https:") ? "http://" : "https://") + base_url.substr(host);
}

Horizon::Horizon(const Rules& rules)
    : gone{rules.now - rules.grace - kGoneKept},
      unanswered{rules.now - kUnansweredKept},
      gone_text{rfc3339(gone)},
      pages{rfc3339(rules.now - kPagesKept)},
      answers{day_of(rules.now - (kDaysOfAnswers - 1) * kDay)},
      users{day_of(rules.now - (kDaysOfUsers - 1) * kDay)} {}

bool forget(Server& observation, const Horizon& horizon) {
  forget_pages(observation, horizon.pages);
  drop_older(observation.answers, horizon.answers, &DayOfAnswers::day);
  drop_older(observation.rooms, horizon.gone_text, &Room::last_seen);
  for (Room& room : observation.rooms) drop_older(room.users, horizon.users, &DayOfUsers::day);
  if (observation.last_seen && *observation.last_seen < horizon.gone_text)
    forget_answers(observation);
  return observation.last_seen || observation.probe->at >= horizon.gone_text;
}
