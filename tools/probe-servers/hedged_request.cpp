#include "hedged_request.hpp"

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
constexpr double kFirstHedgeDelay = 0.7, kHedgeDelayGrowth = 1.04;
constexpr double kShortest = 1.5;  // seconds of a short attempt
// Budgets that one address has for all its servers: eight connections at once use ten of a
// minute up in 75 seconds, forty in five minutes.
constexpr double kBudgetsOfAddress = 10, kBudgetsOfKnown = 40;

}  // namespace

double Requester::seconds_for(const Endpoint& endpoint) const {
  const double spent = began_ ? std::chrono::duration<double>(Clock::now() - *began_).count() : 0;
  return std::min(budget_.seconds, endpoint.longest) - spent;
}

bool Requester::may_try(const Endpoint& endpoint) const {
  return attempts_ < budget_.attempts && seconds_for(endpoint) > 0.05;
}

void Requester::start_clock() {
  if (!began_) began_ = Clock::now();
}

void Requester::wait() {
  if (on_wait_) std::exchange(on_wait_, nullptr)();
}

Requester::HedgedRequest::~HedgedRequest() {
  for (const Attempt& attempt : in_flight_) requester_.http_.cancel(attempt.id);
  requester_.http_.cancel(timer_);
  requester_.http_.cancel(retry_);
}

void Requester::HedgedRequest::await_suspend(std::coroutine_handle<> waiting) {
  waiting_ = waiting;
  hedge_delay_ = std::max(kFirstHedgeDelay, 1.5 * requester_.usual_);
  if (requester_.may_try(endpoint_)) {
    timer_ = requester_.http_.call_later(hedge_delay_, [this] { race(); });
    return attempt();
  }
  response_.answer.fault = HttpFault::timeout_read;
  response_.answer.error = "the seconds or the attempts for this server were used up";
  retry_ = requester_.http_.call_later(0, [this] { waiting_.resume(); });
}

void Requester::HedgedRequest::attempt() {
  const bool is_patient =
      std::none_of(in_flight_.begin(), in_flight_.end(), [](auto& a) { return a.is_patient; });
  const double timeout = requester_.budget_.timeout;
  HttpRequest request = make_();
  request.limits.seconds = std::min({is_patient ? timeout : std::max(kShortest, 2 * hedge_delay_),
                                     timeout, requester_.seconds_for(endpoint_)});
  request.limits.connect_seconds =
      std::min(endpoint_.is_online || endpoint_.failures > 0 ? timeout : kFirstConnect, timeout);
  request.is_known = requester_.is_known_;
  if (!requester_.has_answered_)
    request.address_seconds =
        requester_.budget_.seconds * (requester_.is_known_ ? kBudgetsOfKnown : kBudgetsOfAddress);
  request.on_sent = [this] {
    requester_.start_clock();
    endpoint_.is_online = is_out_ = true;
  };
  ++requester_.attempts_;
  const std::size_t number = made_++;
  const auto id = requester_.http_.start(
      std::move(request), [this, number](const HttpAnswer& answer) { take(number, answer); });
  in_flight_.push_back({id, number, is_patient});
}

void Requester::HedgedRequest::attempt_after(double seconds) {
  retry_ = requester_.http_.call_later(seconds, [this] {
    retry_ = 0;
    attempt();
  });
}

void Requester::HedgedRequest::race() {
  requester_.wait();
  if (is_out_ && !is_turned_away_ && retry_ == 0 && in_flight_.size() < kMostInFlight &&
      requester_.may_try(endpoint_))
    attempt();
  hedge_delay_ *= kHedgeDelayGrowth;
  timer_ = requester_.http_.call_later(hedge_delay_, [this] { race(); });
}

void Requester::HedgedRequest::take(std::size_t number, const HttpAnswer& answer) {
  std::erase_if(in_flight_, [number](const Attempt& a) { return a.number == number; });
  requester_.start_clock();
  if (answer.connected) endpoint_.is_online = is_out_ = true;
  switch (answer.fault) {
    case HttpFault::ok:
      requester_.has_answered_ = true;
      requester_.usual_ = answer.seconds;
      return conclude(number, answer);
    case HttpFault::too_big:
    case HttpFault::redirect:
    case HttpFault::blocked_address:
      return conclude(number, answer);
    case HttpFault::not_asked:
      is_turned_away_ = true;
      --requester_.attempts_;
      if (!in_flight_.empty() || retry_ != 0) return;
      return failed_ > 0 ? give_up() : conclude(number, answer);
    default:
      break;
  }
  ++failed_;
  if (failed_ == 1 || answer.seconds >= response_.answer.seconds) {
    response_ = Response{};  // its body is of no use, and may be large
    response_.answer.fault = answer.fault;
    response_.answer.error = answer.error;
    response_.answer.status = answer.status;
    response_.answer.headers = answer.headers;
    response_.answer.seconds = answer.seconds;
    response_.attempt = number;
  }
  if (!try_again(answer) && in_flight_.empty() && retry_ == 0) give_up();
}

// Whether another attempt is, or will be, on its way for this failure.
bool Requester::HedgedRequest::try_again(const HttpAnswer& answer) {
  if (is_turned_away_ || !requester_.may_try(endpoint_)) return false;
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
    ++endpoint_.failures;
    if (endpoint_.failures >= (endpoint_.is_online ? kMostLosses : endpoint_.most_failures))
      return false;
    if (!timed_out) pause = kPause;
  }
  if (!in_flight_.empty() || retry_ != 0) return true;
  if (pause > 0)
    attempt_after(pause);
  else
    attempt();
  return true;
}

void Requester::HedgedRequest::give_up() {
  if (failed_ > 1)
    response_.answer.error += " (the longest of " + std::to_string(failed_) + " attempts)";
  waiting_.resume();
}

// Hands the answer over. What waits for it may destroy us.
void Requester::HedgedRequest::conclude(std::size_t number, const HttpAnswer& answer) {
  response_ = {answer, number};
  waiting_.resume();
}
