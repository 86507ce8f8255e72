#include "merge.hpp"

#include <tuple>

namespace {

using Text = std::optional<std::string>;

const auto itself = [](const auto& value) -> const auto& { return value; };
const auto nothing = [](auto&, const auto&) {};

template <class T>
std::string text_of(const T& record) {
  std::string text;
  fields::append(text, record);
  return text;
}

// Of two values of one date: one of them, whichever way they are asked.
template <class T>
void join_same_date(T& into, const T& from) {
  if (text_of(from) < text_of(into)) into = from;
}

template <class T>
void join_same_date(std::optional<T>& into, const std::optional<T>& from) {
  if (!from) return;
  if (!into)
    into = from;
  else
    join_same_date(*into, *from);
}

// Members that this program doesn't know: the union, of two values the smaller text.
void join_others(Json::Object& into, const Json::Object& from) {
  join_union(
      into, from, [](const JsonMember& member) -> const auto& { return member.name; },
      [](JsonMember& a, const JsonMember& b) {
        if (to_text(b.value) < to_text(a.value)) a.value = b.value;
      });
}

void join_words(std::vector<std::string>& into, const std::vector<std::string>& from) {
  join_union(into, from, itself, nothing, kMostWords);
}

auto key_of(const FoundOn& page) { return std::tie(page.source, page.url, page.as); }
const std::string& key_of(const ClaimedKey& claim) { return claim.public_key; }
const std::string& key_of(const RoomHint& hint) { return hint.token; }
const std::string& key_of(const Room& room) { return room.token; }
const std::string& key_of(const DayOfUsers& day) { return day.day; }
const std::string& key_of(const DayOfAnswers& day) { return day.day; }
const std::string& key_of(const JsonMember& member) { return member.name; }
const auto key = [](const auto& value) -> decltype(auto) { return key_of(value); };

void join(FoundOn& into, const FoundOn& from) {
  join_least(into.since, from.since);
  join_most(into.last, from.last);
  join_others(into.others, from.others);
}

void join(std::vector<FoundOn>& into, const std::vector<FoundOn>& from) {
  join_union(
      into, from, key, [](FoundOn& a, const FoundOn& b) { join(a, b); }, kMostPages);
}

// What was said last of a key, or of a room, is what is said of it.
void join(ClaimedKey& into, const ClaimedKey& from) {
  join(into.found_on, from.found_on);
  if (into.last < from.last) {
    into.status = from.status;
    into.reason = from.reason;
    into.refused_at = from.refused_at;
    into.tried_at = from.tried_at;
    into.others = from.others;
  } else if (into.last == from.last) {
    join_same_date(into.status, from.status);
    join_same_date(into.reason, from.reason);
    join_words(into.refused_at, from.refused_at);
    join_most(into.tried_at, from.tried_at);
    join_others(into.others, from.others);
  }
  join_most(into.last, from.last);
}

void join(RoomHint& into, const RoomHint& from) {
  join(into.found_on, from.found_on);
  join_union(into.public_keys, from.public_keys, itself, nothing, kMostKeys);
  if (into.last < from.last) {
    into.tags = from.tags;
    into.others = from.others;
  } else if (into.last == from.last) {
    join_words(into.tags, from.tags);
    join_others(into.others, from.others);
  }
  join_most(into.last, from.last);
}

void join(DayOfUsers& into, const DayOfUsers& from) { join_most(into.weekly, from.weekly); }

void join(DayOfAnswers& into, const DayOfAnswers& from) {
  into.asked |= from.asked;
  into.answered |= from.answered;
}

// The same room, without what is merged apart from what its server says of it.
Room what_was_said(const Room& room) {
  Room said = room;
  said.first_seen.reset();
  said.users.clear();
  return said;
}

void join(Room& into, const Room& from) {
  auto users = std::move(into.users);
  auto first_seen = std::move(into.first_seen);
  join_union(users, from.users, key, [](DayOfUsers& a, const DayOfUsers& b) { join(a, b); });
  join_least(first_seen, from.first_seen);
  into.users.clear();
  into.first_seen.reset();
  if (into.last_seen < from.last_seen)
    into = what_was_said(from);
  else if (into.last_seen == from.last_seen)
    join_same_date(into, what_was_said(from));
  into.users = std::move(users);
  into.first_seen = std::move(first_seen);
}

void join_pages_and_claims(Server& into, const Server& from) {
  join(into.found_on, from.found_on);
  join_union(
      into.public_keys, from.public_keys, key,
      [](ClaimedKey& a, const ClaimedKey& b) { join(a, b); }, kMostKeys);
  join_union(
      into.room_hints, from.room_hints, key, [](RoomHint& a, const RoomHint& b) { join(a, b); },
      kMostHints);
}

// Of two askings the one of the later hour; within an hour an answer, then the later one.
auto asking_rank(const std::optional<Probe>& probe) {
  const std::string_view at = probe ? std::string_view{probe->at} : std::string_view{};
  return std::tuple{at.substr(0, std::size("2026-11-22T20") - 1), probe && probe->outcome == "ok",
                    at};
}

// proven, legacy, refuted say something about the key; unproven doesn't (protocol.md 5.4).
int weight(const std::string& status) {
  return status == "proven" ? 3 : status == "legacy" ? 2 : status == "refuted" ? 1 : 0;
}

void join_keys(Key& into, const Key& from) {
  if (into.proven_at < from.proven_at)
    into.cipher = from.cipher;
  else if (into.proven_at == from.proven_at)
    join_same_date(into.cipher, from.cipher);
  join_most(into.proven_at, from.proven_at);

  const auto rank = [](const Key& k) {
    return std::tuple{weight(k.status) > 0, k.judged_at, weight(k.status)};
  };
  if (rank(into) < rank(from)) {
    into.status = from.status;
    into.judged_at = from.judged_at;
    into.others = from.others;
  } else if (rank(into) == rank(from)) {
    join_others(into.others, from.others);
  }
}

}  // namespace

void make_pages_a_set(std::vector<FoundOn>& pages) {
  for (FoundOn& page : pages) make_set(page.others, key, nothing);
  make_set(
      pages, key, [](FoundOn& a, const FoundOn& b) { join(a, b); }, kMostPages);
}

void make_words_a_set(std::vector<std::string>& words) {
  make_set(words, itself, nothing, kMostWords);
}

void make_sets(Server& server) {
  const auto words = [](std::vector<std::string>& list, std::size_t most) {
    make_set(list, itself, nothing, most);
  };
  const auto members = [](Json::Object& list) { make_set(list, key, nothing); };
  make_pages_a_set(server.found_on);
  for (ClaimedKey& claim : server.public_keys) {
    make_pages_a_set(claim.found_on);
    words(claim.refused_at, kMostWords);
    members(claim.others);
  }
  make_set(
      server.public_keys, key, [](ClaimedKey& a, const ClaimedKey& b) { join(a, b); }, kMostKeys);
  for (RoomHint& hint : server.room_hints) {
    make_pages_a_set(hint.found_on);
    words(hint.public_keys, kMostKeys);
    words(hint.tags, kMostWords);
    members(hint.others);
  }
  make_set(
      server.room_hints, key, [](RoomHint& a, const RoomHint& b) { join(a, b); }, kMostHints);
  words(server.capabilities, kMostWords);
  words(server.dropped, kMostWords);
  for (Room& room : server.rooms) {
    words(room.admins, kMostStaff);
    words(room.moderators, kMostStaff);
    words(room.dropped, kMostWords);
    make_set(room.users, key, [](DayOfUsers& a, const DayOfUsers& b) { join(a, b); });
    members(room.others);
  }
  make_set(
      server.rooms, key, [](Room& a, const Room& b) { join(a, b); }, kMostRooms);
  make_set(server.answers, key, [](DayOfAnswers& a, const DayOfAnswers& b) { join(a, b); });
  if (server.key) members(server.key->others);
  if (server.probe) members(server.probe->others);
  members(server.others);
}

void join_probes(std::optional<Probe>& into, const std::optional<Probe>& from) {
  if (asking_rank(into) < asking_rank(from))
    into = from;
  else if (asking_rank(into) == asking_rank(from))
    join_same_date(into, from);
}

void join_claims(Server& into, const Server& from) {
  join_pages_and_claims(into, from);
  join_probes(into.probe, from.probe);
  join_least(into.note, from.note);
  join_others(into.others, from.others);
}

void join_sightings(Server& into, const Server& from) {
  join_pages_and_claims(into, from);

  if (asking_rank(into.probe) < asking_rank(from.probe)) {
    into.note = from.note;
    into.others = from.others;
  } else if (asking_rank(into.probe) == asking_rank(from.probe)) {
    join_least(into.note, from.note);
    join_others(into.others, from.others);
  }
  join_probes(into.probe, from.probe);
  join_union(into.answers, from.answers, key,
             [](DayOfAnswers& a, const DayOfAnswers& b) { join(a, b); });
  if (into.key && from.key) join_keys(*into.key, *from.key);

  if (into.last_seen < from.last_seen) {
    into.asked_url = from.asked_url;
    into.capabilities = from.capabilities;
    into.prints_url = from.prints_url;
    into.rooms_from = from.rooms_from;
    into.dropped = from.dropped;
  } else if (into.last_seen == from.last_seen) {
    join_least(into.asked_url, from.asked_url);
    join_words(into.capabilities, from.capabilities);
    join_least(into.prints_url, from.prints_url);
    join_least(into.rooms_from, from.rooms_from);
    join_words(into.dropped, from.dropped);
  }
  join_union(
      into.rooms, from.rooms, key, [](Room& a, const Room& b) { join(a, b); }, kMostRooms);
  join_least(into.first_seen, from.first_seen);
  join_most(into.last_seen, from.last_seen);
}
