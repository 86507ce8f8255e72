#include "sighting.hpp"

#include "checks.hpp"
#include "merge.hpp"
#include "record/people.hpp"

namespace {

std::string day_in(const std::string& time) { return time.substr(0, 10); }
int hour_in(const std::string& time) { return std::stoi(time.substr(11, 2)); }

// What the listing says beyond the sightings is found anew.
void drop_conclusions(Server& record) {
  record.server_id.reset();
  record.aliases.clear();
  record.copy_of.reset();
  record.flags.clear();
  record.gone.reset();
  record.sightings.clear();
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

void stamp_claims(Server& sighting, const std::string& at) {
  stamp(sighting.found_on, at);
  for (ClaimedKey& claim : sighting.public_keys) {
    stamp(claim.found_on, at);
    stamp(claim.last, at);
  }
  for (RoomHint& hint : sighting.room_hints) {
    stamp(hint.found_on, at);
    stamp(hint.last, at);
  }
}

void stamp_room(Room& room, const std::string& at) {
  stamp(room.first_seen, at);
  stamp(room.last_seen, at);
  room.users.push_back({day_in(*room.last_seen), weekly_users(room)});
}

void enter(Server& sighting) {
  const std::string at = sighting.probe->at;
  const bool answered = sighting.probe->outcome == "ok";
  const std::int64_t hour = std::int64_t{1} << hour_in(at);
  sighting.answers.push_back({day_in(at), hour, answered ? hour : 0});
  if (answered) {
    join_least(sighting.first_seen, std::optional{at});
    join_most(sighting.last_seen, std::optional{at});
  }
  if (sighting.key) {
    stamp(sighting.key->judged_at, at);
    if (sighting.key->status == "proven") stamp(sighting.key->proven_at, at);
  }
  stamp_claims(sighting, at);
  if (!sighting.last_seen) {
    sighting.rooms.clear();
    sighting.capabilities.clear();
    sighting.prints_url.reset();
    sighting.rooms_from.reset();
    sighting.dropped.clear();
  }
  for (Room& room : sighting.rooms) stamp_room(room, *sighting.last_seen);
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

void forget_pages(Server& sighting, const std::string& limit) {
  drop_older(sighting.found_on, limit, &FoundOn::last);
  drop_older(sighting.public_keys, limit, &ClaimedKey::last);
  drop_older(sighting.room_hints, limit, &RoomHint::last);
  for (ClaimedKey& claim : sighting.public_keys) drop_older(claim.found_on, limit, &FoundOn::last);
  for (RoomHint& hint : sighting.room_hints) drop_older(hint.found_on, limit, &FoundOn::last);
}

// As if it had never answered.
void forget_answers(Server& sighting) {
  sighting.first_seen.reset();
  sighting.last_seen.reset();
  sighting.rooms.clear();
  sighting.capabilities.clear();
  sighting.prints_url.reset();
  sighting.rooms_from.reset();
  sighting.dropped.clear();
  if (sighting.key && sighting.key->status != "refuted") {
    sighting.key->status = "unproven";
    sighting.key->judged_at = sighting.probe->at;
  }
  if (sighting.key) {
    sighting.key->proven_at.reset();
    sighting.key->cipher.reset();
  }
}

}  // namespace

const std::string& key_of(const Server& sighting) {
  static const std::string none;
  return sighting.key ? sighting.key->public_key : none;
}

std::vector<Server> sightings_of(Server record) {
  std::vector<Server> sightings = std::move(record.sightings);
  if (sightings.empty()) sightings.push_back(std::move(record));
  for (Server& sighting : sightings) check(sighting);
  std::erase_if(sightings, [](const Server& sighting) {
    return !sighting.probe || sighting.probe->outcome == "not-asked";
  });
  for (Server& sighting : sightings) {
    drop_conclusions(sighting);
    enter(sighting);
    make_sets(sighting);
  }
  return sightings;
}

UnixTime seconds_of(std::string_view time) { return parse_rfc3339(time).value_or(0); }

Horizon::Horizon(const Rules& rules)
    : gone{rules.now - rules.grace - kGoneKept},
      gone_text{rfc3339(gone)},
      pages{rfc3339(rules.now - kPagesKept)},
      answers{day_of(rules.now - (kDaysOfAnswers - 1) * kDay)},
      users{day_of(rules.now - (kDaysOfUsers - 1) * kDay)} {}

bool forget(Server& sighting, const Horizon& horizon) {
  forget_pages(sighting, horizon.pages);
  drop_older(sighting.answers, horizon.answers, &DayOfAnswers::day);
  drop_older(sighting.rooms, horizon.gone_text, &Room::last_seen);
  for (Room& room : sighting.rooms) drop_older(room.users, horizon.users, &DayOfUsers::day);
  if (sighting.last_seen && *sighting.last_seen < horizon.gone_text) forget_answers(sighting);
  return sighting.last_seen || sighting.probe->at >= horizon.gone_text;
}
