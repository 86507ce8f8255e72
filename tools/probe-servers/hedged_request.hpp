// Hedged requests ("The Tail at Scale", Dean and Barroso 2013) to one server, within its budget.
// Some networks lose answers at random after a connection was made.
//
//   - If no connection can be made, there is a second try.
//   - If a request is silent for longer than most answers take, further attempts are sent beside it
//     until one is answered. The first may last as long as --timeout; the others are shorter.
//   - No attempt is sent beside a request whose bytes arrive, or while the whole crawl is
//     congested (congestion.hpp): then silence says nothing about this server.
//   - All requests to a server share one budget of seconds and attempts. A server that never
//     proved a key has ten seconds until its first answer, in which attempts follow each
//     other faster.
//   - All servers at one address share ten times that budget, counted in seconds of connections;
//     servers that proved a key share forty times it, and go first.
//
// The budget starts with the first request: time in the queue does not count.
#pragma once

#include <coroutine>
#include <functional>
#include <optional>
#include <vector>

#include "congestion.hpp"
#include "http/client.hpp"

// The most requests at once to a server that never answered.
inline constexpr std::size_t kMostInFlightOfNewcomer = 6;

struct RequestBudget {
  double seconds = 60;  // for one server
  std::int64_t attempts = 40;
  double timeout = 10;  // seconds without a byte, for one request
};

// One address of a server, and the state of its connections.
struct Endpoint {
  std::string base_url;
  bool is_online = false;  // a connection was made
  int failures = 0;        // connections that could not be made
  int most_failures = 2;   // the limit of failures, if it was never online
  double share = 1;        // of the budget's seconds; then the address is given up
};

struct Response {
  HttpAnswer answer;        // without an HTTP answer: that of the longest attempt
  std::size_t attempt = 0;  // the number of the call of `make` for it, from 0
};

class HedgedRequest;
class Pause;

// Sends the requests to one server.
class Requester {
 public:
  using Make = std::function<HttpRequest()>;

  // `on_wait` is called once, as soon as nothing is left to do but wait for this server.
  // `is_known`: the server proved a key before.
  Requester(HttpClient& http, Congestion& congestion, const RequestBudget& budget, bool is_known,
            std::function<void()> on_wait)
      : http_{http},
        congestion_{congestion},
        budget_{budget},
        is_known_{is_known},
        on_wait_{std::move(on_wait)} {}
  Requester(const Requester&) = delete;
  Requester& operator=(const Requester&) = delete;

  // To be awaited with co_await. `make` is called for each attempt and must outlive the request.
  HedgedRequest ask(Endpoint& endpoint, const Make& make);
  Pause pause(double seconds);

  std::int64_t attempts() const { return attempts_; }
  UnixTime time() const { return http_.time(); }

 private:
  friend class HedgedRequest;

  double all_seconds() const;
  double seconds_for(const Endpoint& endpoint) const;
  bool may_try(const Endpoint& endpoint) const;
  bool is_newcomer() const { return !is_known_ && !has_answered_; }
  void start_clock();
  void wait();

  HttpClient& http_;
  Congestion& congestion_;
  const RequestBudget& budget_;
  const bool is_known_;
  std::function<void()> on_wait_;
  std::int64_t attempts_ = 0;
  std::optional<double> began_;
  bool has_answered_ = false;
  double usual_ = 0;  // seconds that its answers usually take
};

// Ends when there is an HTTP answer, or when the budget is used up.
class HedgedRequest {
 public:
  HedgedRequest(Requester& requester, Endpoint& endpoint, const Requester::Make& make)
      : requester_{requester}, endpoint_{endpoint}, make_{make} {}
  ~HedgedRequest();
  HedgedRequest(const HedgedRequest&) = delete;
  HedgedRequest& operator=(const HedgedRequest&) = delete;

  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> waiting);
  Response await_resume() { return std::move(response_); }

 private:
  struct Attempt {
    HttpClient::Id id;
    std::size_t number;
    bool is_long;  // may last as long as --timeout
    double started = 0;
    std::optional<double> sent;
  };

  void attempt();
  void attempt_after(double seconds);
  void watch();
  void watch_after(double seconds);
  void end_of_budget();
  void run_out();
  void started(std::size_t number);
  void sent(std::size_t number);
  void take(std::size_t number, const HttpAnswer& answer);
  void conclude(std::size_t number, const HttpAnswer& answer);
  void give_up();
  bool try_again(const HttpAnswer& answer);

  bool is_receiving(double seconds) const;
  double hedge_delay() const;
  void drop_silent(double seconds);
  Attempt* find(std::size_t number);

  Requester& requester_;
  Endpoint& endpoint_;
  const Requester::Make& make_;
  std::coroutine_handle<> waiting_;
  std::vector<Attempt> in_flight_;
  std::size_t made_ = 0, failed_ = 0;
  std::optional<double> silent_since_;  // when the first attempt was sent, or could have been
  bool is_turned_away_ = false;         // the client refuses more requests to its address
  int broken_ = 0, tls_failures_ = 0;
  double spacing_ = 0;  // seconds between attempts beside a silent one
  HttpClient::Id watch_ = 0, retry_ = 0, deadline_ = 0;
  Response response_;
};

class Pause {
 public:
  Pause(HttpClient& http, double seconds) : http_{http}, seconds_{seconds} {}
  ~Pause() { http_.cancel(timer_); }
  Pause(const Pause&) = delete;
  Pause& operator=(const Pause&) = delete;

  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> waiting) {
    timer_ = http_.call_later(seconds_, [waiting] { waiting.resume(); });
  }
  void await_resume() {}

 private:
  HttpClient& http_;
  double seconds_;
  HttpClient::Id timer_ = 0;
};

inline HedgedRequest Requester::ask(Endpoint& endpoint, const Make& make) {
  return {*this, endpoint, make};
}
inline Pause Requester::pause(double seconds) { return {http_, seconds}; }
