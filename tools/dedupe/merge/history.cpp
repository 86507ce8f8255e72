#include "merge/history.hpp"

#include "merge/merge.hpp"

namespace {

constexpr int kMissingHours = 3;

using Time = std::optional<std::string>;

UnixTime midnight_of(std::string_view day) { return parse_day(day).value_or(0); }

Time end_of_grace(const Time& last_seen, const Rules& rules) {
  if (!last_seen) return std::nullopt;
  const UnixTime end = seconds_of(*last_seen) + rules.grace;
  return end < rules.now ? Time{rfc3339(end)} : std::nullopt;
}

// The hour in which the server answered without the room for the third time.
Time third_answer_without(const Server& server, const Room& room) {
  const UnixTime last = seconds_of(*room.last_seen);
  int missing = 0;
  for (const DayOfAnswers& day : server.answers) {
    const UnixTime midnight = midnight_of(day.day);
    if (midnight + kDay <= last) continue;
    for (int hour = 0; hour < 24; ++hour)
      if ((day.answered >> hour & 1) != 0 && midnight + hour * 3600 > last)
        if (++missing == kMissingHours) return rfc3339(midnight + hour * 3600);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> gone_since(const Server& server, const Rules& rules) {
  Time gone = end_of_grace(server.last_seen, rules);
  if (server.key && server.key->status == KeyStatus::refuted && server.key->proven_at)
    merge_least(gone, server.key->judged_at);
  return gone;
}

std::optional<std::string> gone_since(const Server& server, const Room& room, const Rules& rules) {
  Time gone = server.gone;
  merge_least(gone, end_of_grace(room.last_seen, rules));
  merge_least(gone, third_answer_without(server, room));
  return gone;
}

std::optional<std::string> returned_on(const Room& room, const Rules& rules) {
  // Counts the days before the kept ones as days on which the room was there.
  const UnixTime kept_from = midnight_of(day_of(rules.now)) - (kDaysOfUsers - 1) * kDay;
  std::optional<UnixTime> before, returned;
  if (room.first_seen && midnight_of(day_part(*room.first_seen)) < kept_from)
    before = kept_from - kDay;
  for (const DayOfUsers& day : room.users) {
    const UnixTime midnight = midnight_of(day.day);
    if (before && midnight - *before > rules.grace) returned = midnight;
    before = midnight;
  }
  if (!returned) return std::nullopt;
  return rfc3339(*returned);
}
