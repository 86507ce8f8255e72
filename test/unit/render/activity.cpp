// Forty days and more of message_sequence, and what is said of them.
#include "model/activity.hpp"

#include <algorithm>
#include <cstdio>

#include "base/time.hpp"

static int failures = 0;
#define check_that(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

namespace {

constexpr UnixTime kStart = 1'790'812'800;  // 2026-10-01

std::string day(int number) { return day_of(kStart + (number - 1) * 86400); }

// The days of a story, one number a day; a negative number is a day without a crawl.
std::vector<DayOfUsers> story(int days, auto&& count_on) {
  std::vector<DayOfUsers> all;
  for (int number = 1; number <= days; ++number)
    if (const std::int64_t count = count_on(number); count >= 0)
      all.push_back({day(number), std::nullopt, count});
  return all;
}

void a_busy_room() {
  const Activity busy = activity_of(story(40, [](int n) { return 5000 + 150 * n; }));
  check_that(busy.week == 150 && busy.month == 150);
  check_that(busy.last_day == day(40) && busy.quiet_days == 0);
  check_that(busy.level == ActivityLevel::very_active);
  // The last day may still be going on, so it is in no rate.
  const auto morning = [](int n) { return n < 40 ? 5000 + 150 * n : 5000 + 150 * 39 + 1; };
  check_that(activity_of(story(40, morning)).week == 150);
}

void a_dying_room() {
  // 40 a day, then 1 a day from day 26, and nothing from day 36.
  const auto dying = [](int n) { return 40 * std::min(n, 25) + std::clamp(n - 25, 0, 10); };
  const Activity early = activity_of(story(25, dying)), late = activity_of(story(40, dying));
  check_that(early.week == 40 && early.level == ActivityLevel::active);
  check_that(late.week == 0.4 && late.level == ActivityLevel::quiet);  // days 33 to 39: 3 of 7
  check_that(late.month == 21.7);                                      // 16 * 40 + 10 in 30
  check_that(late.last_day == day(35) && late.quiet_days == 5);
}

void a_falling_count_starts_a_new_series() {
  const Activity after = activity_of(story(40, [](int n) { return n < 35 ? 9000 + n : 10 * n; }));
  check_that(after.week == 10 && !after.month);  // days 35 to 39
  check_that(after.last_day == day(40));
  const Activity at_once = activity_of(story(35, [](int n) { return n < 35 ? 9000 + n : 3; }));
  check_that(!at_once.week && at_once.last_day.empty() && !at_once.level);
}

void a_leaping_count_starts_a_new_series() {
  const auto leap = [](std::int64_t most) {
    return activity_of(story(40, [most](int n) { return n < 20 ? n : n + most; }));
  };
  check_that(leap(1'000'000).week == 1 && leap(1'000'000).month == 1);
  check_that(activity_of(story(20, [](int n) { return n < 20 ? n : 1'000'000; })).last_day == "");
  check_that(leap(9'998).month > 300);  // 9,999 in a day is no leap
  check_that(leap(std::int64_t{1} << 53).month == 1);
  // So many days may have so many times as much.
  const auto gap = [](int n) { return n <= 10 ? n : n < 30 ? -1 : 150'000 + n; };
  check_that(activity_of(story(40, gap)).month > 4000);
}

void a_gap_in_the_crawl() {
  // Nothing is known of days 31 to 36: the window begins with the last day before them.
  const auto gap = [](int n) { return n > 30 && n < 37 ? -1 : 12 * n; };
  check_that(activity_of(story(40, gap)).week == 12);
  // The talk of those days is told on the first day after them.
  const auto quiet = [](int n) { return n > 30 && n < 37 ? -1 : n <= 30 ? 50 : 80; };
  const Activity activity = activity_of(story(40, quiet));
  check_that(activity.last_day == day(37) && activity.quiet_days == 3);
  check_that(activity.week == 3.3);  // 30 in the 9 days from 30 to 39
}

void no_activity_for_ninety_days() {
  const auto still = [](int) { return 700; };
  check_that(activity_of(story(90, still)).level == ActivityLevel::quiet);
  const Activity silent = activity_of(story(91, still));
  check_that(silent.level == ActivityLevel::none && silent.quiet_days == 90);
  check_that(silent.last_day.empty() && silent.week == 0);
  check_that(activity_of(story(91, [](int n) { return n < 91 ? 700 : 701; })).level ==
             ActivityLevel::quiet);
}

void unknown_values_stay_empty() {
  const Activity none = activity_of({});
  check_that(!none.week && !none.level && none.last_day.empty());
  check_that(!activity_of(story(2, [](int n) { return n; })).week);
  check_that(activity_of(story(3, [](int n) { return n; })).week == 1);
  check_that(!activity_of(story(9, [](int n) { return n; })).month);
  check_that(activity_of(story(10, [](int n) { return n; })).month == 1);
  // A day without a count, a count below zero and a day that is none are left out.
  check_that(!activity_of({{"never", 1, 5}, {day(1), 1, {}}, {day(2), 1, -7}}).level);
}

}  // namespace

int main() {
  a_busy_room();
  a_dying_room();
  a_falling_count_starts_a_new_series();
  a_leaping_count_starts_a_new_series();
  a_gap_in_the_crawl();
  no_activity_for_ninety_days();
  unknown_values_stay_empty();
  return failures != 0;
}
