#include "congestion.hpp"

#include <algorithm>

namespace {

constexpr double kFirstWindow = 32, kLeastWindow = 4;
constexpr std::size_t kEnough = 4;        // with fewer times nothing is decided
constexpr double kLateTimes = 6;          // late: more than so many times the least time
constexpr double kAlwaysQuick = 1;        // seconds; less is never late
constexpr double kFirstHedgeDelay = 2;    // seconds, before anything is known
constexpr double kLeastHedgeDelay = 0.7;  // seconds
constexpr double kHedgesPerSecond = 2;    // for each server in the window

}  // namespace

void Congestion::Times::add(double seconds) {
  last_[count_++ % kKept] = seconds;
  least_ = std::min(least_, seconds);
}

double Congestion::Times::upper_quartile() const {
  std::array<double, kKept> sorted = last_;
  const auto size = static_cast<std::ptrdiff_t>(std::min(count_, kKept));
  if (size == 0) return 0;
  const auto quartile = sorted.begin() + (3 * size - 1) / 4;
  std::nth_element(sorted.begin(), quartile, sorted.begin() + size);
  return *quartile;
}

bool Congestion::Times::is_late() const {
  return count_ >= kEnough && upper_quartile() > std::max(kAlwaysQuick, kLateTimes * least_);
}

Congestion::Congestion(std::size_t most)
    : most_{static_cast<double>(std::max<std::size_t>(most, 1))},
      window_{std::min(kFirstWindow, most_)},
      threshold_{most_},
      hedges_{kHedgesPerSecond * window_} {}

void Congestion::connected(double now, double seconds) { sample(now, connects_, seconds); }

void Congestion::answered(double now, double seconds) {
  sample(now, answers_, seconds);
  if (is_congested(now)) return;
  window_ = std::min(most_, window_ + (window_ < threshold_ ? 1 : 1 / window_));
}

void Congestion::sample(double now, Times& times, double seconds) {
  times.add(seconds);
  last_at_ = now;
  // Once for each window: requests now under way were sent before the last decrease.
  if (!times.is_late() || now < decreased_at_ + slowness()) return;
  decreased_at_ = now;
  threshold_ = std::max(kLeastWindow, window_ / 2);
  window_ = std::min(window_, threshold_);
}

std::size_t Congestion::window() const { return static_cast<std::size_t>(window_); }

double Congestion::slowness() const {
  return std::max(connects_.upper_quartile(), answers_.upper_quartile());
}

// Whether the last answer is so old that the times say nothing about the network now.
bool Congestion::is_quiet(double now) const { return now > last_at_ + 2 * slowness(); }

bool Congestion::is_congested(double now) const {
  return (connects_.is_late() || answers_.is_late()) && !is_quiet(now);
}

double Congestion::hedge_delay(double now) const {
  const bool is_known = answers_.count() >= kEnough;
  const double delay = std::max(is_known ? kLeastHedgeDelay : kFirstHedgeDelay, 2 * slowness());
  return is_known && is_quiet(now) ? std::min(delay, kFirstHedgeDelay) : delay;
}

bool Congestion::take_hedge(double now) {
  const double most = kHedgesPerSecond * window_;
  hedges_ = std::min(most, hedges_ + most * (now - hedges_at_));
  hedges_at_ = now;
  if (is_congested(now) || hedges_ < 1) return false;
  hedges_ -= 1;
  return true;
}
