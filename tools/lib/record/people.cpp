#include "record/people.hpp"

#include <cmath>

#include "base/time.hpp"

std::optional<std::int64_t> weekly_users(const Room& room) {
  constexpr std::int64_t kWeek = 7 * kDay, kMostPeople = 1'000'000;
  const std::int64_t period = room.active_users_cutoff.value_or(kWeek);
  if (!room.active_users || *room.active_users < 0 || *room.active_users > kMostPeople) return {};
  if (period < kDay) return {};
  const double weekly = static_cast<double>(*room.active_users) * static_cast<double>(kWeek) /
                        static_cast<double>(period);
  if (weekly > kMostPeople) return {};
  return std::llround(weekly);
}
