#include "model/ranking.hpp"

#include <algorithm>
#include <cmath>

double score_of(const Community& community) {
  double score = std::log2(
      1.0 + static_cast<double>(std::max<std::int64_t>(0, community.weekly_users.value_or(0))));
  if (community.staff_count.value_or(0) > 0) score += 1;
  if (community.staffed) score += 1;
  if (community.server.uptime.month)
    score += static_cast<double>(*community.server.uptime.month) / 50;
  if (community.server.key_status == "proven") score += 1;
  if (!community.description.empty()) score += 1;
  if (community.read_only) score -= 1;
  if (!community.not_seen_since.empty()) score -= 3;
  // As far as a million people can lift it.
  if (community.not_joinable || community.server.key_status == "legacy") score -= 20;
  if (community.test) score -= 6;
  return score;
}
