#include "model/ranking.hpp"

#include <algorithm>
#include <cmath>

namespace {

constexpr double kMostForActivity = 4;  // that of 255 a day

}  // namespace

std::vector<ScorePart> score_parts(const Community& community) {
  std::vector<ScorePart> parts;
  const auto add = [&](bool holds, const char* why, double points) {
    if (holds) parts.push_back({why, points});
  };
  const double people =
      static_cast<double>(std::max<std::int64_t>(0, community.weekly_users.value_or(0)));
  add(people > 0, "people", std::log2(1.0 + people));
  const double a_day = community.activity.week.value_or(0);
  add(a_day > 0, "activity", std::min(kMostForActivity, std::log2(1.0 + a_day) / 2));
  add(community.activity.level == ActivityLevel::none, "no activity for 90 days", -2);
  add(community.staff_count.value_or(0) > 0, "staff", 1);
  add(community.staffed, "enough staff", 1);
  add(community.server.uptime.month.has_value(), "answers",
      static_cast<double>(community.server.uptime.month.value_or(0)) / 50);
  add(community.server.key_status == KeyStatus::proven, "proven key", 1);
  add(!community.description.empty(), "description", 1);
  add(community.read_only, "read-only", -1);
  add(!community.not_seen_since.empty(), "not there the last time", -3);
  // More than a million people and any activity can add.
  add(community.not_joinable || community.server.key_status == KeyStatus::legacy, "can't be joined",
      -20 - kMostForActivity);
  add(community.test.holds, "for testing", -6);
  return parts;
}

double score_of(const Community& community) {
  double score = 0;
  for (const ScorePart& part : score_parts(community)) score += part.points;
  return score;
}
