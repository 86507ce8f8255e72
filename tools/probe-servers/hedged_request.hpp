// RequestBudget with one server. Some sit behind networks where a connection works and
// then nothing arrives, at random. So:
//
//   - a server that can't be connected to gets two tries, and no more;
//   - one that can is asked again and again, beside the attempts that stall, until an
//     answer comes: one attempt may take long, for servers that are slow, and up to
//     two more are short, for networks that lose what is sent;
//   - all that is asked of a server shares one budget of seconds and attempts;
//   - all servers at one address share ten times that budget, counted in the seconds of
//     their connections: who has not answered until then is not asked. Servers that are
//     known share forty times it, and come first.
//
// The clock of the budget starts when the first request goes out: time spent waiting
// for our own turn is not the server's.
#pragma once

#include <chrono>
#include <coroutine>
#include <functional>
#include <optional>
#include <vector>

#include "http/client.hpp"

struct RequestBudget {
  double seconds = 60;  // for one server
  std::int64_t attempts = 40;
  double timeout = 10;  // seconds, for one request
};

// What was found out about an address by asking it.
struct Endpoint {
  std::string base_url;
  bool is_online = false;  // a connection was made
  int failures = 0;        // connections that could not be made
  int most_failures = 2;   // of them, if it was never online
  double longest = 1e9;    // seconds of the budget after which it is given up
};

struct Response {
  HttpAnswer answer;        // if none was an HTTP answer: of the attempt that took longest
  std::size_t attempt = 0;  // which call of `make` led to it, from 0
};

class Requester {
 public:
  using Make = std::function<HttpRequest()>;

  // `on_wait` is called once, when this server is first waited for.
  // A server that `is_known` proved a key before.
  Requester(HttpClient& http, const RequestBudget& budget, bool is_known,
            std::function<void()> on_wait)
      : http_{http}, budget_{budget}, is_known_{is_known}, on_wait_{std::move(on_wait)} {}
  Requester(const Requester&) = delete;
  Requester& operator=(const Requester&) = delete;

  class HedgedRequest;
  class Pausing;
  // co_await them. `make` is called for each attempt and must outlive the asking.
  HedgedRequest ask(Endpoint& endpoint, const Make& make);
  Pausing pause(double seconds);

  std::int64_t attempts() const { return attempts_; }
  const RequestBudget& budget() const { return budget_; }

 private:
  using Clock = std::chrono::steady_clock;

  double seconds_for(const Endpoint& endpoint) const;
  bool may_try(const Endpoint& endpoint) const;
  void start_clock();
  void wait();

  HttpClient& http_;
  const RequestBudget& budget_;
  const bool is_known_;
  std::function<void()> on_wait_;
  std::int64_t attempts_ = 0;
  std::optional<Clock::time_point> began_;
  bool has_answered_ = false;
  double usual_ = 0;  // seconds that its answers take
};

// Ends when there is an HTTP answer, or when budget does.
class Requester::HedgedRequest {
 public:
  HedgedRequest(Requester& requester, Endpoint& endpoint, const Make& make)
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
    bool is_patient;
  };

  void attempt();
  void attempt_after(double seconds);
  void race();
  void take(std::size_t number, const HttpAnswer& answer);
  void conclude(std::size_t number, const HttpAnswer& answer);
  void give_up();
  bool try_again(const HttpAnswer& answer);

  Requester& requester_;
  Endpoint& endpoint_;
  const Make& make_;
  std::coroutine_handle<> waiting_;
  std::vector<Attempt> in_flight_;
  std::size_t made_ = 0, failed_ = 0;
  bool is_out_ = false;          // a request was sent, or could have been
  bool is_turned_away_ = false;  // its address is to be asked no more
  int broken_ = 0, tls_failures_ = 0;
  double hedge_delay_ = 0;  // seconds to the next attempt beside the others
  HttpClient::Id timer_ = 0, retry_ = 0;
  Response response_;
};

class Requester::Pausing {
 public:
  Pausing(HttpClient& http, double seconds) : http_{http}, seconds_{seconds} {}
  ~Pausing() { http_.cancel(timer_); }
  Pausing(const Pausing&) = delete;
  Pausing& operator=(const Pausing&) = delete;

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

inline Requester::HedgedRequest Requester::ask(Endpoint& endpoint, const Make& make) {
  return {*this, endpoint, make};
}
inline Requester::Pausing Requester::pause(double seconds) { return {http_, seconds}; }
