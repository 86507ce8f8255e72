#include "store/checks.hpp"

#include <algorithm>

#include "base/time.hpp"
#include "url/join_url.hpp"

namespace {

using fields::Path;

[[noreturn]] void refuse(const Path& path, std::string_view text, std::string_view why) {
  throw BadLine{"\"" + path.text() + "\": " + to_text(Json{text}) + ": " + std::string{why}};
}

void check_time(const Path& path, const std::string& time) {
  if (!parse_rfc3339(time)) refuse(path, time, "expected a time like 2026-11-22T20:05:17Z");
}

void check_time(const Path& path, const std::optional<std::string>& time) {
  if (time) check_time(path, *time);
}

void check_day(const Path& path, const std::string& day) {
  if (!parse_day(day)) refuse(path, day, "expected a day like 2026-11-22");
}

void check_base_url(const Path& path, std::string& url) {
  const Result<BaseUrl> base = parse_base_url(url);
  if (!base) refuse(path, url, base.reason());
  url = base->text();
}

void check_key(const Path& path, std::string& key) {
  const auto canonical = parse_public_key(key);
  if (!canonical) refuse(path, key, canonical.reason());
  key = std::move(*canonical);
}

void check_token(const Path& path, const std::string& token) {
  if (!is_token(token)) refuse(path, token, "expected a token: 1 to 64 of [0-9A-Za-z_-]");
}

void check_hours(const Path& path, std::int64_t hours) {
  if (hours < 0 || hours >= 1 << 24)
    throw BadLine{"\"" + path.text() + "\" should be 24 bits, one for each hour"};
}

// The most nested arrays and objects in an unknown member. A listing nests records, and must not
// reach the depth limit of our parser.
constexpr std::size_t kMostNested = 32;

bool is_nested_deeper(const Json& value, std::size_t depth) {
  if (depth == 0) return value.array() || value.object();
  if (const Json::Array* items = value.array())
    return std::any_of(items->begin(), items->end(),
                       [&](const Json& item) { return is_nested_deeper(item, depth - 1); });
  if (const Json::Object* members = value.object())
    return std::any_of(members->begin(), members->end(), [&](const JsonMember& member) {
      return is_nested_deeper(member.value, depth - 1);
    });
  return false;
}

void check_unknown(const Path* path, const Json::Object& members) {
  for (const JsonMember& member : members)
    if (is_nested_deeper(member.value, kMostNested))
      throw BadLine{"\"" + Path{path, member.name}.text() + "\" is nested more than " +
                    std::to_string(kMostNested) + " deep"};
}

// Calls `check` for every item of a list, with its path.
template <class T, class Check>
void check_all(const Path& path, std::vector<T>& list, const Check& check) {
  for (std::size_t i = 0; i < list.size(); ++i) check(Path{&path, {}, i}, list[i]);
}

void check_pages(const Path& path, std::vector<FoundOn>& pages) {
  check_all(path, pages, [](const Path& at, const FoundOn& page) {
    check_unknown(&at, page.unknown_members);
    check_time({&at, "since"}, page.since);
    check_time({&at, "last"}, page.last);
  });
}

void check_claim(const Path& at, ClaimedKey& claim) {
  check_unknown(&at, claim.unknown_members);
  check_key({&at, "public_key"}, claim.public_key);
  check_time({&at, "tried_at"}, claim.tried_at);
  check_time({&at, "last"}, claim.last);
  check_pages({&at, "found_on"}, claim.found_on);
}

void check_room(const Path& at, const Room& room) {
  check_unknown(&at, room.unknown_members);
  check_token({&at, "token"}, room.token);
  check_time({&at, "first_seen"}, room.first_seen);
  check_time({&at, "last_seen"}, room.last_seen);
  for (const DayOfUsers& day : room.users) check_day({&at, "users"}, day.day);
}

void check_hint(const Path& at, RoomHint& hint) {
  check_unknown(&at, hint.unknown_members);
  check_token({&at, "token"}, hint.token);
  const Path keys{&at, "public_keys"};
  check_all(keys, hint.public_keys, check_key);
  check_time({&at, "last"}, hint.last);
  check_time({&at, "seen"}, hint.seen);
  check_pages({&at, "found_on"}, hint.found_on);
}

void check_day_of_answers(const Path& at, const DayOfAnswers& day) {
  check_day({&at, "day"}, day.day);
  check_hours({&at, "asked"}, day.asked);
  check_hours({&at, "answered"}, day.answered);
}

}  // namespace

void check(Join& join) {
  check_base_url({nullptr, "base_url"}, join.base_url);
  check_key({nullptr, "public_key"}, join.public_key);
  check_token({nullptr, "token"}, join.token);
  check_pages({nullptr, "found_on"}, join.found_on);
}

void check(Server& server) {
  check_unknown(nullptr, server.unknown_members);
  check_base_url({nullptr, "base_url"}, server.base_url);
  if (server.key) {
    const Path at{nullptr, "key"};
    check_unknown(&at, server.key->unknown_members);
    check_key({&at, "public_key"}, server.key->public_key);
    check_time({&at, "judged_at"}, server.key->judged_at);
    check_time({&at, "proven_at"}, server.key->proven_at);
  }
  check_all({nullptr, "public_keys"}, server.public_keys, check_claim);
  if (server.probe) {
    const Path at{nullptr, "probe"};
    check_unknown(&at, server.probe->unknown_members);
    check_time({&at, "at"}, server.probe->at);
    check_time({&at, "not_before"}, server.probe->not_before);
  }
  check_all({nullptr, "rooms"}, server.rooms, check_room);
  check_all({nullptr, "room_hints"}, server.room_hints, check_hint);
  check_pages({nullptr, "found_on"}, server.found_on);
  check_time({nullptr, "first_seen"}, server.first_seen);
  check_time({nullptr, "last_seen"}, server.last_seen);
  check_all({nullptr, "answers"}, server.answers, check_day_of_answers);
}
