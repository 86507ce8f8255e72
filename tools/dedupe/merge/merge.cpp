#include "merge/merge.hpp"

#include <algorithm>
#include <numeric>
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

// Of two values with the same date, the one with the smaller text.
template <class T>
void merge_same_date(T& into, const T& from) {
  if (text_of(from) < text_of(into)) into = from;
}

template <class T>
void merge_same_date(std::optional<T>& into, const std::optional<T>& from) {
  if (!into)
    into = from;
  else if (from)
    merge_same_date(*into, *from);
}

void merge_same_date(Text& into, const Text& from) { merge_least(into, from); }

// The best RoomsFrom.
void merge_same_date(std::optional<RoomsFrom>& into, const std::optional<RoomsFrom>& from) {
  merge_least(into, from);
}

// The union; of two values with the same name, the one with the smaller text.
void merge_others(Json::Object& into, const Json::Object& from) {
  merge_union(
      into, from, [](const JsonMember& member) -> const auto& { return member.name; },
      [](JsonMember& a, const JsonMember& b) {
        if (to_text(b.value) < to_text(a.value)) a.value = b.value;
      });
}

template <class T>
void merge_words(std::vector<T>& into, const std::vector<T>& from) {
  merge_union(into, from, itself, nothing, kMostWords);
}

void merge_same_date(Json::Object& into, const Json::Object& from) { merge_others(into, from); }

template <class T>
void merge_same_date(std::vector<T>& into, const std::vector<T>& from) {
  merge_words(into, from);
}

// Takes the members of the record with the later date; with the same date, merges each member.
template <class Date, class T, class... Member>
void merge_latest(const Date& date, const Date& date_of_from, T& into, const T& from,
                  Member T::*... members) {
  if (date < date_of_from)
    ((into.*members = from.*members), ...);
  else if (date == date_of_from)
    (merge_same_date(into.*members, from.*members), ...);
}

auto key_of(const FoundOn& page) { return std::tie(page.source, page.url, page.as); }
const std::string& key_of(const ClaimedKey& claim) { return claim.public_key; }
const std::string& key_of(const RoomHint& hint) { return hint.token; }
const std::string& key_of(const Room& room) { return room.token; }
const std::string& key_of(const DayOfUsers& day) { return day.day; }
const std::string& key_of(const DayOfAnswers& day) { return day.day; }
const std::string& key_of(const JsonMember& member) { return member.name; }
const auto key = [](const auto& value) -> decltype(auto) { return key_of(value); };

void merge(FoundOn& into, const FoundOn& from) {
  merge_least(into.since, from.since);
  merge_most(into.last, from.last);
  merge_others(into.unknown_members, from.unknown_members);
}

void merge(std::vector<FoundOn>& into, const std::vector<FoundOn>& from) {
  merge_union(
      into, from, key, [](FoundOn& a, const FoundOn& b) { merge(a, b); }, kMostPages);
}

// The latest claim about a key or a room replaces earlier ones.
void merge(ClaimedKey& into, const ClaimedKey& from) {
  merge(into.found_on, from.found_on);
  merge_latest(into.last, from.last, into, from, &ClaimedKey::status, &ClaimedKey::reason,
               &ClaimedKey::refused_at, &ClaimedKey::unknown_members);
  if (into.last < from.last) into.tried_at = from.tried_at;
  if (into.last == from.last) merge_most(into.tried_at, from.tried_at);
  merge_most(into.last, from.last);
}

void merge(RoomHint& into, const RoomHint& from) {
  merge(into.found_on, from.found_on);
  merge_union(into.public_keys, from.public_keys, itself, nothing, kMostKeys);
  merge_latest(into.last, from.last, into, from, &RoomHint::tags, &RoomHint::unknown_members);
  merge_most(into.last, from.last);
}

void merge(DayOfUsers& into, const DayOfUsers& from) {
  merge_most(into.weekly, from.weekly);
  merge_most(into.message_sequence, from.message_sequence);
}

void merge(DayOfAnswers& into, const DayOfAnswers& from) {
  into.asked |= from.asked;
  into.answered |= from.answered;
}

// The room without the members that are merged by other rules than "latest".
Room latest_part(const Room& room) {
  Room said = room;
  said.first_seen.reset();
  said.users.clear();
  return said;
}

void merge(Room& into, const Room& from) {
  auto users = std::move(into.users);
  auto first_seen = std::move(into.first_seen);
  merge_union(users, from.users, key, [](DayOfUsers& a, const DayOfUsers& b) { merge(a, b); });
  merge_least(first_seen, from.first_seen);
  into.users.clear();
  into.first_seen.reset();
  if (into.last_seen < from.last_seen)
    into = latest_part(from);
  else if (into.last_seen == from.last_seen)
    merge_same_date(into, latest_part(from));
  into.users = std::move(users);
  into.first_seen = std::move(first_seen);
}

void merge_pages_and_claims(Server& into, const Server& from) {
  merge(into.found_on, from.found_on);
  merge_union(
      into.public_keys, from.public_keys, key,
      [](ClaimedKey& a, const ClaimedKey& b) { merge(a, b); }, kMostKeys);
  merge_union(
      into.room_hints, from.room_hints, key, [](RoomHint& a, const RoomHint& b) { merge(a, b); },
      kMostHints);
}

auto probe_rank(const std::optional<Probe>& probe) {
  const std::string_view at = probe ? std::string_view{probe->at} : std::string_view{};
  return std::tuple{at.substr(0, std::size("2026-11-22T20") - 1),
                    probe && probe->outcome == ProbeOutcome::ok, at};
}

void merge_keys(Key& into, const Key& from) {
  merge_latest(into.proven_at, from.proven_at, into, from, &Key::cipher);
  merge_most(into.proven_at, from.proven_at);

  const auto rank = [](const Key& k) {
    // `unproven` says nothing about the key (protocol.md 5.4).
    return std::tuple{k.status != KeyStatus::unproven, k.judged_at, k.status};
  };
  if (rank(into) < rank(from)) {
    into.status = from.status;
    into.judged_at = from.judged_at;
    into.unknown_members = from.unknown_members;
  } else if (rank(into) == rank(from)) {
    merge_others(into.unknown_members, from.unknown_members);
  }
}

}  // namespace

std::vector<std::size_t> sorted_numbers(
    std::size_t count, const std::function<bool(std::size_t, std::size_t)>& before) {
  std::vector<std::size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  std::sort(numbers.begin(), numbers.end(),
            [&](std::size_t a, std::size_t b) { return before(a, b) || (!before(b, a) && a < b); });
  return numbers;
}

void make_pages_a_set(std::vector<FoundOn>& pages) {
  for (FoundOn& page : pages) make_set(page.unknown_members, key, nothing);
  make_set(
      pages, key, [](FoundOn& a, const FoundOn& b) { merge(a, b); }, kMostPages);
}

void merge_printed_hosts(std::vector<PrintedHost>& into, const std::vector<PrintedHost>& from) {
  into.insert(into.end(), from.begin(), from.end());
  make_set(
      into, [](const PrintedHost& one) -> const auto& { return one.host; },
      [](PrintedHost& a, const PrintedHost& b) { a.since = std::min(a.since, b.since); });
  make_set(
      into, [](const PrintedHost& one) { return std::tie(one.since, one.host); }, nothing,
      kMostPrintedHosts);
}

void make_words_a_set(std::vector<std::string>& words) {
  make_set(words, itself, nothing, kMostWords);
}

void make_sets(Server& server) {
  const auto words = [](auto& list, std::size_t most) { make_set(list, itself, nothing, most); };
  const auto members = [](Json::Object& list) { make_set(list, key, nothing); };
  make_pages_a_set(server.found_on);
  for (ClaimedKey& claim : server.public_keys) {
    make_pages_a_set(claim.found_on);
    words(claim.refused_at, kMostWords);
    members(claim.unknown_members);
  }
  make_set(
      server.public_keys, key, [](ClaimedKey& a, const ClaimedKey& b) { merge(a, b); }, kMostKeys);
  for (RoomHint& hint : server.room_hints) {
    make_pages_a_set(hint.found_on);
    words(hint.public_keys, kMostKeys);
    words(hint.tags, kMostWords);
    members(hint.unknown_members);
  }
  make_set(
      server.room_hints, key, [](RoomHint& a, const RoomHint& b) { merge(a, b); }, kMostHints);
  words(server.capabilities, kMostWords);
  words(server.dropped, kMostWords);
  merge_printed_hosts(server.printed_hosts, {});
  for (Room& room : server.rooms) {
    words(room.admins, kMostStaff);
    words(room.moderators, kMostStaff);
    words(room.dropped, kMostWords);
    make_set(room.users, key, [](DayOfUsers& a, const DayOfUsers& b) { merge(a, b); });
    members(room.unknown_members);
  }
  make_set(
      server.rooms, key, [](Room& a, const Room& b) { merge(a, b); }, kMostRooms);
  make_set(server.answers, key, [](DayOfAnswers& a, const DayOfAnswers& b) { merge(a, b); });
  if (server.key) members(server.key->unknown_members);
  if (server.probe) members(server.probe->unknown_members);
  members(server.unknown_members);
}

void merge_probes(std::optional<Probe>& into, const std::optional<Probe>& from) {
  if (probe_rank(into) < probe_rank(from))
    into = from;
  else if (probe_rank(into) == probe_rank(from))
    merge_same_date(into, from);
}

void merge_claims(Server& into, const Server& from) {
  merge_pages_and_claims(into, from);
  merge_probes(into.probe, from.probe);
  merge_least(into.note, from.note);
  merge_others(into.unknown_members, from.unknown_members);
}

void merge_observations(Server& into, const Server& from) {
  merge_pages_and_claims(into, from);

  merge_latest(probe_rank(into.probe), probe_rank(from.probe), into, from, &Server::note,
               &Server::unknown_members);
  merge_probes(into.probe, from.probe);
  merge_union(into.answers, from.answers, key,
              [](DayOfAnswers& a, const DayOfAnswers& b) { merge(a, b); });
  if (!from.printed_hosts.empty()) merge_printed_hosts(into.printed_hosts, from.printed_hosts);
  if (into.key && from.key) merge_keys(*into.key, *from.key);

  merge_latest(into.last_seen, from.last_seen, into, from, &Server::asked_url,
               &Server::capabilities, &Server::prints_url, &Server::rooms_from,
               &Server::global_staff_count, &Server::dropped);
  merge_union(
      into.rooms, from.rooms, key, [](Room& a, const Room& b) { merge(a, b); }, kMostRooms);
  merge_least(into.first_seen, from.first_seen);
  merge_most(into.last_seen, from.last_seen);
}
