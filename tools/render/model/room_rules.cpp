#include "model/room_rules.hpp"

#include <algorithm>

namespace {

constexpr UnixTime kNewFor = 28 * kDay;
constexpr std::int64_t kPeopleForOneOfStaff = 50;
constexpr std::int64_t kLeastStaff = 2, kEnoughStaff = 10;

}  // namespace

bool is_new(const Room& room, UnixTime now) {
  const auto seen = room.first_seen ? parse_rfc3339(*room.first_seen) : std::nullopt;
  if (!seen || now - *seen >= kNewFor) return false;
  return !room.created || static_cast<double>(now) - *room.created < static_cast<double>(kNewFor);
}

bool is_staffed(std::optional<std::int64_t> staff, std::optional<std::int64_t> weekly) {
  if (!staff || !weekly) return false;
  const std::int64_t by_people =
      *weekly / kPeopleForOneOfStaff + (*weekly % kPeopleForOneOfStaff != 0);
  return *staff >= std::clamp(by_people, kLeastStaff, kEnoughStaff);
}

bool is_closed(const Room& room) { return room.read && !*room.read && is_read_only(room); }
bool is_read_only(const Room& room) { return room.write && !*room.write; }
bool has_uploads_off(const Room& room) { return room.upload && !*room.upload; }
