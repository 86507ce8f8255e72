// How active is a room? Computed from the largest message_sequence of each day, which grows with
// every message, edit, deletion and reaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "record/room.hpp"

enum class ActivityLevel : std::uint8_t {
  none,        // for 90 days or longer
  quiet,       // less than 5 a day in the last 7 days
  active,      // less than 100
  very_active  // 100 or more
};
constexpr auto words_of(ActivityLevel) {
  return words<ActivityLevel::very_active>("none", "quiet", "active", "very-active");
}

struct Activity {
  // The growth per day, to one decimal, over the last 7 and 30 whole days. It starts from the count
  // of the day before these or, if the room was not seen then, of the last day before that. If less
  // is known, over the days that are known: at least one for `week`, more than 7 for `month`.
  std::optional<double> week, month;
  std::string last_day;         // the last day on which the count grew; "" for none
  std::int64_t quiet_days = 0;  // for how many known days it has not grown
  std::optional<ActivityLevel> level;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.week);
    visit(self.month);
    visit(self.last_day);
    visit(self.quiet_days);
    visit(self.level);
  }
};

// `days`: by day, the oldest first. If the count falls, or grows by more than 10,000 a day, it is
// another count (a new room with the same token, a new database): earlier days are ignored.
Activity activity_of(const std::vector<DayOfUsers>& days);
