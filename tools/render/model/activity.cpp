#include "model/activity.hpp"

#include <cmath>

#include "base/time.hpp"

namespace {

constexpr std::int64_t kMostADay = 10'000;  // fifty times the growth of a very active room
constexpr std::int64_t kNoneAfter = 90;     // days
constexpr double kActive = 5, kVeryActive = 100;

struct Point {
  std::int64_t day;  // days since 1970
  std::int64_t count;
};

bool starts_anew(const Point& before, const Point& point) {
  return point.count < before.count ||
         (point.count - before.count) / kMostADay >= point.day - before.day;
}

// The points since the count last started anew.
std::vector<Point> points_of(const std::vector<DayOfUsers>& days) {
  std::vector<Point> points;
  for (const DayOfUsers& day : days) {
    const auto at = parse_day(day.day);
    if (!at || !day.message_sequence || *day.message_sequence < 0) continue;
    const Point point{*at / kDay, *day.message_sequence};
    if (!points.empty() && starts_anew(points.back(), point)) points.clear();
    points.push_back(point);
  }
  return points;
}

// The growth per day over so many days up to the last point; nothing if fewer than `least` are
// known.
std::optional<double> rate(const std::vector<Point>& points, std::int64_t days,
                           std::int64_t least) {
  if (points.empty()) return std::nullopt;
  const Point& last = points.back();
  Point from = points.front();
  for (const Point& point : points)
    if (point.day <= last.day - days) from = point;
  const std::int64_t span = last.day - from.day;
  if (span < least) return std::nullopt;
  return std::round(static_cast<double>(last.count - from.count) * 10 / static_cast<double>(span)) /
         10;
}

std::optional<ActivityLevel> level_of(const Activity& activity) {
  if (activity.quiet_days >= kNoneAfter) return ActivityLevel::none;
  if (!activity.week) return std::nullopt;
  return *activity.week >= kVeryActive ? ActivityLevel::very_active
         : *activity.week >= kActive   ? ActivityLevel::active
                                       : ActivityLevel::quiet;
}

}  // namespace

Activity activity_of(const std::vector<DayOfUsers>& days) {
  std::vector<Point> points = points_of(days);
  Activity activity;
  if (points.empty()) return activity;
  std::int64_t grew = points.front().day;
  for (std::size_t i = 1; i < points.size(); ++i)
    if (points[i].count > points[i - 1].count) {
      grew = points[i].day;
      activity.last_day = day_of(grew * kDay);
    }
  activity.quiet_days = points.back().day - grew;
  points.pop_back();  // that day may still be going on
  activity.week = rate(points, 7, 1);
  activity.month = rate(points, 30, 8);
  activity.level = level_of(activity);
  return activity;
}
