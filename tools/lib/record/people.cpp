#include "record/people.hpp"

#include <algorithm>
#include <cmath>

#include "base/time.hpp"
#include "domain/domain.hpp"

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

void PeopleSum::add(const std::string& base_url, std::int64_t people) {
  constexpr std::int64_t kMostOfDomain = 100'000;
  std::int64_t& known = by_domain_[domain_of_base_url(base_url)];
  known = std::min(known + people, kMostOfDomain);
}

std::int64_t PeopleSum::total() const {
  std::int64_t total = 0;
  for (const auto& [domain, people] : by_domain_) total += people;
  return total;
}
