// Is a room alive? Told by the largest message_sequence of each day, which grows with every
// message, edit, deletion and reaction.
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
  // A day, to one decimal, over 7 and 30 days: up to the last whole day, from the day before the
  // first of them or, where that was not seen, the last one seen before it. Where less is known,
  // over what is known: one day at least for `week`, more than 7 for `month`.
  std::optional<double> week, month;
  std::string last_day;         // the last day on which the count was seen to grow; "" for none
  std::int64_t quiet_days = 0;  // so long it did not grow, as far as is known
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

// `days`: by day, the oldest first. A count that falls, or grows by more than 10,000 a day, is
// another count (a room made anew, a database that moved): what was before is left out.
Activity activity_of(const std::vector<DayOfUsers>& days);
