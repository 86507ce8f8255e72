// Requests to one server, within its budget, hedged against answers that never come ("The Tail
// at Scale", Dean and Barroso 2013): some servers sit behind networks where a connection
// works and then nothing arrives, at random.
//
//   - A server that can't be connected to gets two tries.
//   - Beside a request that stays silent for longer than most answers take, further attempts are
//     sent until one is answered. The first may last as long as --timeout; the others are shorter.
//   - Nothing is sent beside a request whose bytes arrive, or while the crawl as a whole is
//     congested (congestion.hpp): then silence says nothing about this server.
//   - All requests to a server share one budget of seconds and attempts. A server that never
//     proved a key has ten seconds until its first answer, in which attempts follow each
//     other faster.
//   - All servers at one address share ten times that budget, counted in the seconds of
//     their connections; servers that proved a key share forty times it, and come first.
//
// The clock of the budget starts when the first request goes out: the time it waits for
// its turn is not the server's.
#pragma once

#include <coroutine>
#include <functional>
#include <optional>
#include <vector>

#include "congestion.hpp"
#include "http/client.hpp"

// Requests that are under way at once to a server that never answered.
inline constexpr std::size_t kMostInFlightOfNewcomer = 6;

struct RequestBudget {
  double seconds = 60;  // for one server
  std::int64_t attempts = 40;
  double timeout = 10;  // seconds without a byte, for one request
};

// One address of a server, and what was found out about it by asking.
struct Endpoint {
  std::string base_url;
  bool is_online = false;  // a connection was made
  int failures = 0;        // connections that could not be made
  int most_failures = 2;   // of them, if it was never online
  double share = 1;        // of the budget's seconds, after which it is given up
};

struct Response {
  HttpAnswer answer;        // if none was an HTTP answer: of the attempt that took longest
  std::size_t attempt = 0;  // which call of `make` led to it, from 0
};

class HedgedRequest;
class Pause;

// Sends the requests to one server.
class Requester {
 public:
  using Make = std::function<HttpRequest()>;

  // `on_wait` is called once, when this server is first merely waited for.
  // A server that `is_known` proved a key before.
  Requester(HttpClient& http, Congestion& congestion, const RequestBudget& budget, bool is_known,
            std::function<void()> on_wait)
      : http_{http},
        congestion_{congestion},
        budget_{budget},
        is_known_{is_known},
        on_wait_{std::move(on_wait)} {}
  Requester(const Requester&) = delete;
  Requester& operator=(const Requester&) = delete;

  // co_await them. `make` is called for each attempt and must outlive the request.
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
  double usual_ = 0;  // seconds that its answers take
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
    bool is_long;  // lasts as long as --timeout
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
  bool is_turned_away_ = false;         // its address is to be asked no more
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
