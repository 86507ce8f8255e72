#include "list/address.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

#include "store/observation.hpp"
#include "url/join_url.hpp"

namespace {

using Observations = std::vector<const Server*>;

constexpr UnixTime kStillThere = 86400;

// Place by each rule; the smaller text is the better one.
using Rank = std::array<std::string, 6>;
constexpr std::array<std::string_view, 6> kReasons{
    "it did not answer for this key within a day before the server's last answer",
    "it is not https",
    "it is not on the host that the server prints of itself",
    "it is an IP address",
    "it is known for a shorter time",
    "its text is not the smaller one"};

std::string place(bool is_good) { return is_good ? "0" : "1"; }

// What the rules compare an address with.
struct Yardstick {
  UnixTime last_answer = INT64_MIN;
  std::string own_host;  // what the server printed of itself last
};

Yardstick yardstick_of(const Observations& observations) {
  Yardstick yardstick;
  std::pair<UnixTime, std::string> printed{INT64_MIN, ""};
  for (const Server* observation : observations) {
    const UnixTime answer = seconds_of(observation->last_seen, INT64_MIN);
    yardstick.last_answer = std::max(yardstick.last_answer, answer);
    if (observation->prints_url) printed = std::max(printed, {answer, *observation->prints_url});
  }
  if (const Result<BaseUrl> base = parse_base_url(printed.second)) yardstick.own_host = base->host;
  return yardstick;
}

Rank rank_of(const Server& observation, const Yardstick& yardstick) {
  const BaseUrl base = *parse_base_url(observation.base_url);
  const bool answers = observation.last_seen && observation.key->status != "refuted" &&
                       yardstick.last_answer - seconds_of(*observation.last_seen) < kStillThere;
  return {place(answers),
          place(base.scheme == "https"),
          place(base.host == yardstick.own_host),
          place(!base.is_ip_address()),
          observation.first_seen.value_or("~"),
          observation.base_url};
}

}  // namespace

void sort_by_address(std::vector<const Server*>& observations) {
  if (observations.size() < 2) return;
  const Yardstick yardstick = yardstick_of(observations);
  std::sort(observations.begin(), observations.end(), [&](const Server* a, const Server* b) {
    return rank_of(*a, yardstick) < rank_of(*b, yardstick);
  });
}

std::string_view why_not(const std::vector<const Server*>& observations, const Server& other) {
  const Yardstick yardstick = yardstick_of(observations);
  const Rank best = rank_of(*observations.front(), yardstick), rank = rank_of(other, yardstick);
  const auto differs = std::mismatch(best.begin(), best.end(), rank.begin()).first - best.begin();
  return kReasons.at(static_cast<std::size_t>(differs));
}
