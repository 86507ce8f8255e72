#include "hedged_request.hpp"

#include <algorithm>
#include <utility>

namespace {

constexpr int kMostLosses = 6;  // failed connections to a server that was online
constexpr int kMostBroken = 3;  // broken answers, and TLS failures
constexpr int kMostTlsFailures = 2;
constexpr std::size_t kMostInFlight = 3;
constexpr double kFirstConnect = 5;      // seconds, until it is known to be online
constexpr double kConnectTimes = 4;      // times what most connections and answers take
constexpr double kPause = 0.5;           // seconds before the next try, if one failed at once
constexpr double kNewcomerSeconds = 10;  // until the first answer
constexpr double kNewcomerTimes = 8;     // on a slow link: times what most answers take
// Seconds between attempts; each pause is longer than the one before, so that the usual 40
// attempts fill the usual minute, and those to a newcomer its ten seconds.
constexpr double kSpacing = 0.7, kSpacingGrowth = 1.04, kSpacingOfNewcomer = 0.23;
// A short attempt ends after so many seconds of silence, or so many times the hedge delay.
constexpr double kShortest = 1, kShortTimes = 0.75;
constexpr double kWhileCongested = 0.5;  // seconds until the next check
constexpr double kLeastSeconds = 0.05;   // with less of the budget left, no attempt is made
// An address has so many budgets for all its servers. With eight connections at once, ten budgets
// of a minute last 75 seconds, forty last five minutes.
constexpr double kBudgetsOfAddress = 10, kBudgetsOfKnown = 40;

bool is_timeout(HttpFault fault) {
  return fault == HttpFault::timeout_read || fault == HttpFault::timeout_connect;
}

}  // namespace

double Requester::all_seconds() const {
  if (!is_newcomer()) return budget_.seconds;
  return std::min(budget_.seconds, std::max({kNewcomerSeconds, budget_.timeout,
                                             kNewcomerTimes * congestion_.slowness()}));
}

double Requester::seconds_for(const Endpoint& endpoint) const {
  const double spent = began_ ? http_.seconds() - *began_ : 0;
  return all_seconds() * endpoint.share - spent;
}

bool Requester::may_try(const Endpoint& endpoint) const {
  return attempts_ < budget_.attempts && seconds_for(endpoint) > kLeastSeconds;
}

void Requester::start_clock() {
  if (!began_) began_ = http_.seconds();
}

void Requester::wait() {
  if (on_wait_) std::exchange(on_wait_, nullptr)();
}

HedgedRequest::~HedgedRequest() {
  for (const Attempt& attempt : in_flight_) requester_.http_.cancel(attempt.id);
  for (const HttpClient::Id timer : {watch_, retry_, deadline_}) requester_.http_.cancel(timer);
}

void HedgedRequest::await_suspend(std::coroutine_handle<> waiting) {
  waiting_ = waiting;
  if (!requester_.may_try(endpoint_)) {
    response_.answer.fault = HttpFault::timeout_read;
    response_.answer.error = "the seconds or the attempts for this server were used up";
    retry_ = requester_.http_.call_later(0, [this] { waiting_.resume(); });
    return;
  }
  spacing_ = requester_.is_newcomer() ? kSpacingOfNewcomer : kSpacing;
  watch_after(hedge_delay());
  attempt();
}

HedgedRequest::Attempt* HedgedRequest::find(std::size_t number) {
  const auto found = std::find_if(in_flight_.begin(), in_flight_.end(),
                                  [number](const Attempt& a) { return a.number == number; });
  return found == in_flight_.end() ? nullptr : &*found;
}

void HedgedRequest::attempt() {
  const bool is_long =
      std::none_of(in_flight_.begin(), in_flight_.end(), [](auto& a) { return a.is_long; });
  const double timeout = requester_.budget_.timeout;
  HttpRequest request = make_();
  // The deadline below comes first; it is extended while bytes arrive.
  request.limits.seconds = requester_.budget_.seconds + 1;
  request.limits.low_bytes_per_second = 1;
  request.limits.low_seconds = timeout;
  const double usual = kConnectTimes * requester_.congestion_.slowness();
  request.limits.connect_seconds = endpoint_.is_online || endpoint_.failures > 0
                                       ? std::max(timeout, usual)
                                       : std::max(std::min(kFirstConnect, timeout), usual);
  request.is_known = requester_.is_known_;
  if (!requester_.has_answered_)
    request.address_seconds =
        requester_.budget_.seconds * (requester_.is_known_ ? kBudgetsOfKnown : kBudgetsOfAddress);
  const std::size_t number = made_++;
  request.on_start = [this, number] { started(number); };
  request.on_sent = [this, number] { sent(number); };
  ++requester_.attempts_;
  const auto id = requester_.http_.start(
      std::move(request), [this, number](const HttpAnswer& answer) { take(number, answer); });
  in_flight_.push_back({id, number, is_long, requester_.http_.seconds(), std::nullopt});
}

void HedgedRequest::attempt_after(double seconds) {
  retry_ = requester_.http_.call_later(seconds, [this] {
    retry_ = 0;
    attempt();
  });
}

void HedgedRequest::started(std::size_t number) {
  requester_.start_clock();
  if (Attempt* attempt = find(number)) attempt->started = requester_.http_.seconds();
  if (deadline_ == 0)
    deadline_ =
        requester_.http_.call_later(requester_.seconds_for(endpoint_), [this] { end_of_budget(); });
}

void HedgedRequest::sent(std::size_t number) {
  const double now = requester_.http_.seconds();
  endpoint_.is_online = true;
  if (!silent_since_) silent_since_ = now;
  if (Attempt* attempt = find(number)) {
    attempt->sent = now;
    requester_.congestion_.connected(now, now - attempt->started);
  }
}

// Whether bytes of an answer arrived in the last so many seconds.
bool HedgedRequest::is_receiving(double seconds) const {
  const double since = requester_.http_.seconds() - seconds;
  return std::any_of(in_flight_.begin(), in_flight_.end(), [&](const Attempt& attempt) {
    const HttpClient::Progress progress = requester_.http_.progress(attempt.id);
    return progress.bytes > 0 && progress.last_at >= since;
  });
}

double HedgedRequest::hedge_delay() const {
  return std::max(requester_.congestion_.hedge_delay(requester_.http_.seconds()),
                  1.5 * requester_.usual_);
}

void HedgedRequest::watch_after(double seconds) {
  watch_ = requester_.http_.call_later(seconds, [this] { watch(); });
}

// Checks the attempts under way: ends short ones that are silent, and may send another one.
void HedgedRequest::watch() {
  const double now = requester_.http_.seconds(), delay = hedge_delay();
  if (requester_.congestion_.is_congested(now)) return watch_after(kWhileCongested);
  if (silent_since_ && now < *silent_since_ + delay)
    return watch_after(std::max(kLeastSeconds, *silent_since_ + delay - now));
  if (is_receiving(delay)) return watch_after(delay);
  requester_.wait();
  drop_silent(std::max(kShortest, kShortTimes * delay));
  const std::size_t most = requester_.is_newcomer() ? kMostInFlightOfNewcomer : kMostInFlight;
  if (silent_since_ && !is_turned_away_ && retry_ == 0 && in_flight_.size() < most &&
      requester_.may_try(endpoint_) && requester_.congestion_.take_hedge(now))
    attempt();
  if (in_flight_.empty() && retry_ == 0 && !requester_.may_try(endpoint_)) return run_out();
  watch_after(spacing_);
  if (!requester_.is_newcomer()) spacing_ *= kSpacingGrowth;
}

void HedgedRequest::drop_silent(double seconds) {
  const double now = requester_.http_.seconds();
  std::erase_if(in_flight_, [&](const Attempt& attempt) {
    const bool is_silent = !attempt.is_long && attempt.sent && now > *attempt.sent + seconds &&
                           requester_.http_.progress(attempt.id).bytes == 0;
    if (is_silent) requester_.http_.cancel(attempt.id);
    return is_silent;
  });
}

// There is more time if the link turned out to be slow, or if bytes of an answer still arrive.
void HedgedRequest::end_of_budget() {
  if (is_receiving(requester_.budget_.timeout)) requester_.has_answered_ = true;
  const double left = requester_.seconds_for(endpoint_);
  if (left > kLeastSeconds) {
    deadline_ = requester_.http_.call_later(left, [this] { end_of_budget(); });
    return;
  }
  run_out();
}

// The seconds or the attempts are used up.
void HedgedRequest::run_out() {
  if (failed_ == 0) {
    response_.answer.fault = silent_since_ ? HttpFault::timeout_read : HttpFault::timeout_connect;
    response_.answer.error = silent_since_ ? "no answer in time" : "no connection in time";
    if (made_ > 1) response_.answer.error += ", in " + std::to_string(made_) + " attempts";
    response_.answer.connected = silent_since_.has_value();
  }
  give_up();
}

void HedgedRequest::take(std::size_t number, const HttpAnswer& answer) {
  const double now = requester_.http_.seconds();
  const Attempt* attempt = find(number);
  const double sent = attempt ? attempt->sent.value_or(now) : now;
  std::erase_if(in_flight_, [number](const Attempt& a) { return a.number == number; });
  requester_.start_clock();
  if (answer.connected) {
    endpoint_.is_online = true;
    if (!silent_since_) silent_since_ = now;
  }
  switch (answer.fault) {
    case HttpFault::ok:
      requester_.has_answered_ = true;
      requester_.usual_ = answer.seconds;
      requester_.congestion_.answered(now, now - sent);
      return conclude(number, answer);
    case HttpFault::too_big:
    case HttpFault::redirect:
    case HttpFault::blocked_address:
    case HttpFault::proxy:
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
    response_ = Response{};  // its body is useless and may be large
    response_.answer.fault = answer.fault;
    response_.answer.error = answer.error;
    response_.answer.status = answer.status;
    response_.answer.headers = answer.headers;
    response_.answer.seconds = answer.seconds;
    response_.attempt = number;
  }
  if (!try_again(answer) && in_flight_.empty() && retry_ == 0) give_up();
}

// Whether another attempt follows this failure, or is already under way.
bool HedgedRequest::try_again(const HttpAnswer& answer) {
  if (is_turned_away_ || !requester_.may_try(endpoint_)) return false;
  double pause = 0;
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
    if (!is_timeout(answer.fault)) pause = kPause;
  }
  if (!in_flight_.empty() || retry_ != 0) return true;
  if (pause > 0)
    attempt_after(pause);
  else
    attempt();
  return true;
}

void HedgedRequest::give_up() {
  if (failed_ > 1)
    response_.answer.error += " (the longest of " + std::to_string(failed_) + " attempts)";
  waiting_.resume();
}

// Passes the answer on. The code that waits for it may destroy this object.
void HedgedRequest::conclude(std::size_t number, const HttpAnswer& answer) {
  response_ = {answer, number};
  waiting_.resume();
}
