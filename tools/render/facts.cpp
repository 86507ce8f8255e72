#include "facts.hpp"

#include <algorithm>
#include <cmath>

#include "text/fold.hpp"

namespace {

constexpr std::int64_t kDay = 24 * 60 * 60;
constexpr std::int64_t kWeek = 7 * kDay;
constexpr std::int64_t kNewFor = 4 * kWeek;
constexpr std::int64_t kMostPeople = 1'000'000;
constexpr std::int64_t kPeopleForOneOfStaff = 50;
constexpr std::int64_t kLeastStaff = 2, kEnoughStaff = 10;

}  // namespace

std::optional<std::int64_t> weekly_users(const Room& room) {
  if (!room.active_users || !room.active_users_cutoff) return {};
  if (*room.active_users < 0 || *room.active_users > kMostPeople) return {};
  if (*room.active_users_cutoff < kDay) return {};
  const double weekly = static_cast<double>(*room.active_users) * static_cast<double>(kWeek) /
                        static_cast<double>(*room.active_users_cutoff);
  return weekly > kMostPeople ? std::nullopt : std::optional{std::llround(weekly)};
}

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

bool is_read_only(const Room& room) { return room.write && !*room.write; }
bool has_uploads_off(const Room& room) { return room.upload && !*room.upload; }

std::string first_word_in(std::string_view text, const std::vector<std::string>& words) {
  const std::string within = spaced_words(text);
  for (const std::string& word : words) {
    const std::string wanted = has_unspaced_script(word) ? word : " " + word + " ";
    if (within.find(wanted) != within.npos) return word;
  }
  return {};
}
