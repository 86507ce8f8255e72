#include "checks.hpp"

#include "base/time.hpp"
#include "url/join_url.hpp"

namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& text, std::string_view why) {
  throw BadLine{"\"" + path + "\": " + to_text(Json{text}) + ": " + std::string{why}};
}

void check_time(const std::string& path, const std::string& time) {
  if (!parse_rfc3339(time)) refuse(path, time, "expected a time like 2026-11-22T20:05:17Z");
}

void check_time(const std::string& path, const std::optional<std::string>& time) {
  if (time) check_time(path, *time);
}

void check_day(const std::string& path, const std::string& day) {
  if (!parse_rfc3339(day + "T00:00:00Z")) refuse(path, day, "expected a day like 2026-11-22");
}

void check_key(const std::string& path, std::string& key) {
  Result<std::string> canonical = parse_public_key(key);
  if (!canonical) refuse(path, key, canonical.reason());
  key = std::move(*canonical);
}

void check_token(const std::string& path, const std::string& token) {
  if (!is_token(token)) refuse(path, token, "expected a token: 1 to 64 of [0-9A-Za-z_-]");
}

void check_pages(const std::string& path, const std::vector<FoundOn>& pages) {
  for (std::size_t i = 0; i < pages.size(); ++i)
    for (const auto& [name, time] : {std::pair{"since", &pages[i].since}, {"last", &pages[i].last}})
      if (*time && !parse_rfc3339(**time))  // a million times before the path is needed
        check_time(path + "[" + std::to_string(i) + "]." + name, *time);
}

void check_key_status(const std::string& path, const std::string& status) {
  if (status != "proven" && status != "refuted" && status != "legacy" && status != "unproven")
    refuse(path, status, "expected proven, refuted, legacy or unproven");
}

void check_hours(const std::string& path, std::int64_t hours) {
  if (hours < 0 || hours >= 1 << 24)
    throw BadLine{"\"" + path + "\" should be 24 bits, one an hour"};
}

void check_room(const std::string& path, const Room& room) {
  check_token(path + "token", room.token);
  check_time(path + "first_seen", room.first_seen);
  check_time(path + "last_seen", room.last_seen);
  for (const DayOfUsers& day : room.users) check_day(path + "users", day.day);
}

}  // namespace

void check(Server& server) {
  Result<BaseUrl> base = parse_base_url(server.base_url);
  if (!base) refuse("base_url", server.base_url, base.reason());
  server.base_url = base->text();

  if (server.key) {
    check_key("key.public_key", server.key->public_key);
    check_key_status("key.status", server.key->status);
    check_time("key.judged_at", server.key->judged_at);
    check_time("key.proven_at", server.key->proven_at);
  }
  const auto path = [](const char* list, std::size_t i) {
    return std::string{list} + "[" + std::to_string(i) + "].";
  };
  for (std::size_t i = 0; i < server.public_keys.size(); ++i) {
    ClaimedKey& claim = server.public_keys[i];
    check_key(path("public_keys", i) + "public_key", claim.public_key);
    if (claim.status) check_key_status(path("public_keys", i) + "status", *claim.status);
    check_time(path("public_keys", i) + "last", claim.last);
    check_pages(path("public_keys", i) + "found_on", claim.found_on);
  }
  if (server.probe) {
    check_time("probe.at", server.probe->at);
    check_time("probe.not_before", server.probe->not_before);
  }
  for (std::size_t i = 0; i < server.rooms.size(); ++i)
    check_room(path("rooms", i), server.rooms[i]);
  for (std::size_t i = 0; i < server.room_hints.size(); ++i) {
    RoomHint& hint = server.room_hints[i];
    check_token(path("room_hints", i) + "token", hint.token);
    for (std::string& key : hint.public_keys) check_key(path("room_hints", i) + "public_keys", key);
    check_time(path("room_hints", i) + "last", hint.last);
    check_pages(path("room_hints", i) + "found_on", hint.found_on);
  }
  check_pages("found_on", server.found_on);
  check_time("first_seen", server.first_seen);
  check_time("last_seen", server.last_seen);
  for (std::size_t i = 0; i < server.answers.size(); ++i) {
    check_day(path("answers", i) + "day", server.answers[i].day);
    check_hours(path("answers", i) + "asked", server.answers[i].asked);
    check_hours(path("answers", i) + "answered", server.answers[i].answered);
  }
}
