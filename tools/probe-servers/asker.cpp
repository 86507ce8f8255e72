#include "asker.hpp"

#include <algorithm>
#include <utility>

namespace {

constexpr int kMostLosses = 6;  // connections that are not made, of a server that was online
constexpr int kMostBroken = 3;  // answers that are none, and TLS that ends badly
constexpr int kMostTlsFailures = 2;
constexpr std::size_t kMostInFlight = 3;
constexpr double kFirstConnect = 5;  // seconds, until it is known to be online
constexpr double kPause = 0.5;       // before asking again what failed at once
// Attempts beside stalled ones: soon at first, then further apart, so that the
// usual 40 fill the usual minute.
constexpr double kFirstBeat = 0.7, kBeatGrowth = 1.04;
constexpr double kShortest = 1.5;  // seconds of a short attempt
// Budgets that one address has for all its servers: eight connections at once use ten of a
// minute up in 75 seconds, forty in five minutes.
constexpr double kBudgetsOfAddress = 10, kBudgetsOfKnown = 40;

}  // namespace

double Asker::seconds_for(const Place& place) const {
  const double spent = began_ ? std::chrono::duration<double>(Clock::now() - *began_).count() : 0;
  return std::min(patience_.seconds, place.longest) - spent;
}

bool Asker::may_try(const Place& place) const {
  return attempts_ < patience_.attempts && seconds_for(place) > 0.05;
}

void Asker::start_clock() {
  if (!began_) began_ = Clock::now();
}

void Asker::wait() {
  if (on_wait_) std::exchange(on_wait_, nullptr)();
}

Asker::Asking::~Asking() {
  for (const Attempt& attempt : in_flight_) asker_.http_.cancel(attempt.id);
  asker_.http_.cancel(timer_);
  asker_.http_.cancel(retry_);
}

void Asker::Asking::await_suspend(std::coroutine_handle<> waiting) {
  waiting_ = waiting;
  beat_ = std::max(kFirstBeat, 1.5 * asker_.usual_);
  if (asker_.may_try(place_)) {
    timer_ = asker_.http_.call_later(beat_, [this] { race(); });
    return attempt();
  }
  heard_.answer.fault = HttpFault::timeout_read;
  heard_.answer.error = "the seconds or the attempts for this server were used up";
  retry_ = asker_.http_.call_later(0, [this] { waiting_.resume(); });
}

void Asker::Asking::attempt() {
  const bool is_patient =
      std::none_of(in_flight_.begin(), in_flight_.end(), [](auto& a) { return a.is_patient; });
  const double timeout = asker_.patience_.timeout;
  HttpRequest request = make_();
  request.limits.seconds = std::min(
      {is_patient ? timeout : std::max(kShortest, 2 * beat_), timeout, asker_.seconds_for(place_)});
  request.limits.connect_seconds =
      std::min(place_.is_online || place_.failures > 0 ? timeout : kFirstConnect, timeout);
  request.is_known = asker_.is_known_;
  if (!asker_.has_answered_)
    request.address_seconds =
        asker_.patience_.seconds * (asker_.is_known_ ? kBudgetsOfKnown : kBudgetsOfAddress);
  request.on_sent = [this] {
    asker_.start_clock();
    place_.is_online = is_out_ = true;
  };
  ++asker_.attempts_;
  const std::size_t number = made_++;
  const auto id = asker_.http_.start(
      std::move(request), [this, number](const HttpAnswer& answer) { take(number, answer); });
  in_flight_.push_back({id, number, is_patient});
}

void Asker::Asking::attempt_after(double seconds) {
  retry_ = asker_.http_.call_later(seconds, [this] {
    retry_ = 0;
    attempt();
  });
}

void Asker::Asking::race() {
  asker_.wait();
  if (is_out_ && !is_turned_away_ && retry_ == 0 && in_flight_.size() < kMostInFlight &&
      asker_.may_try(place_))
    attempt();
  beat_ *= kBeatGrowth;
  timer_ = asker_.http_.call_later(beat_, [this] { race(); });
}

void Asker::Asking::take(std::size_t number, const HttpAnswer& answer) {
  std::erase_if(in_flight_, [number](const Attempt& a) { return a.number == number; });
  asker_.start_clock();
  if (answer.connected) place_.is_online = is_out_ = true;
  switch (answer.fault) {
    case HttpFault::ok:
      asker_.has_answered_ = true;
      asker_.usual_ = answer.seconds;
      return conclude(number, answer);
    case HttpFault::too_big:
    case HttpFault::redirect:
    case HttpFault::blocked_address:
      return conclude(number, answer);
    case HttpFault::not_asked:
      is_turned_away_ = true;
      --asker_.attempts_;
      if (!in_flight_.empty() || retry_ != 0) return;
      return failed_ > 0 ? give_up() : conclude(number, answer);
    default:
      break;
  }
  ++failed_;
  if (failed_ == 1 || answer.seconds >= heard_.answer.seconds) {
    heard_ = Heard{};  // its body is of no use, and may be large
    heard_.answer.fault = answer.fault;
    heard_.answer.error = answer.error;
    heard_.answer.status = answer.status;
    heard_.answer.headers = answer.headers;
    heard_.answer.seconds = answer.seconds;
    heard_.attempt = number;
  }
  if (!try_again(answer) && in_flight_.empty() && retry_ == 0) give_up();
}

// Whether another attempt is, or will be, on its way for this failure.
bool Asker::Asking::try_again(const HttpAnswer& answer) {
  if (is_turned_away_ || !asker_.may_try(place_)) return false;
  double pause = 0;
  const bool timed_out =
      answer.fault == HttpFault::timeout_read || answer.fault == HttpFault::timeout_connect;
  if (answer.fault == HttpFault::tls) {
    if (++tls_failures_ >= kMostTlsFailures) return false;
    pause = kPause;
  } else if (answer.fault == HttpFault::broken) {
    if (++broken_ >= kMostBroken) return false;
    pause = kPause * broken_;
  } else if (!answer.connected) {
    ++place_.failures;
    if (place_.failures >= (place_.is_online ? kMostLosses : place_.most_failures)) return false;
    if (!timed_out) pause = kPause;
  }
  if (!in_flight_.empty() || retry_ != 0) return true;
  if (pause > 0)
    attempt_after(pause);
  else
    attempt();
  return true;
}

void Asker::Asking::give_up() {
  if (failed_ > 1)
    heard_.answer.error += " (the longest of " + std::to_string(failed_) + " attempts)";
  waiting_.resume();
}

// Hands the answer over. What waits for it may destroy us.
void Asker::Asking::conclude(std::size_t number, const HttpAnswer& answer) {
  heard_ = {answer, number};
  waiting_.resume();
}
