#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace {

using std::chrono::sys_days;

std::chrono::year_month_day date_of(UnixTime time) {
  return {
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{time}})};
}

}  // namespace

UnixTime now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())
      .time_since_epoch()
      .count();
}

std::string day_of(UnixTime time) {
  const auto date = date_of(time);
  std::array<char, 32> text{};
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", int{date.year()},
                                 unsigned{date.month()}, unsigned{date.day()});
  return {text.data(), static_cast<std::size_t>(size)};
}

std::string rfc3339(UnixTime time) {
  const auto second = ((time % kDay) + kDay) % kDay;
  std::array<char, 16> text{};
  const int size =
      std::snprintf(text.data(), text.size(), "T%02d:%02d:%02dZ", static_cast<int>(second / 3600),
                    static_cast<int>(second / 60 % 60), static_cast<int>(second % 60));
  return day_of(time).append(text.data(), static_cast<std::size_t>(size));
}

std::optional<UnixTime> parse_rfc3339(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
  const auto fits = [](char c, char form) {
    return form == '0' ? c >= '0' && c <= '9' : c == form;
  };
  if (!std::equal(text.begin(), text.end(), kForm.begin(), kForm.end(), fits)) return std::nullopt;
  const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  const std::chrono::year_month_day date{std::chrono::year{two(0) * 100 + two(2)},
                                         std::chrono::month{static_cast<unsigned>(two(5))},
                                         std::chrono::day{static_cast<unsigned>(two(8))}};
  const int hour = two(11), minute = two(14), second = two(17);
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return sys_days{date}.time_since_epoch().count() * kDay + hour * 3600 + minute * 60 + second;
}

std::optional<UnixTime> parse_day(std::string_view day) {
  return parse_rfc3339(std::string{day} + "T00:00:00Z");
}
