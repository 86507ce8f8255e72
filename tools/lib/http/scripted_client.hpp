// HttpClient without a network: a script says how each request is answered, and when. The clock
// is virtual: run() jumps from one event to the next, so that a minute of waiting takes no time.
// For tests, and for --replay.
//
//   ScriptedClient http{[](const HttpRequest& request) {
//     return ScriptedReply{.answer = {.status = 200, .body = "[]"}, .seconds = 0.3};
//   }};
#pragma once

#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "http/client.hpp"

inline constexpr double kNever = std::numeric_limits<double>::infinity();

// One exchange. Its times count from the start of the request; kNever: it does not happen. The
// limits of the request can end it earlier, with the fault that a real client would report.
struct ScriptedReply {
  HttpAnswer answer;
  double connect_seconds = 0;
  double first_byte_seconds = kNever;  // kNever: all bytes come at the end
  double seconds = 0;
  bool obeys_limits = true;  // of the request; a recorded exchange already did
};

// One link that all answers share: each waits for those before it.
struct ScriptedLink {
  double bytes_per_second = 0;          // 0: any number
  double overhead_of_connection = 1e3;  // bytes that a connection takes beside its answer's body
};

class ScriptedClient : public HttpClient {
 public:
  using Script = std::function<ScriptedReply(const HttpRequest&)>;

  // `began` is the time of day when the virtual clock stands at 0.
  explicit ScriptedClient(Script script, UnixTime began = 1'795'000'000, ScriptedLink link = {})
      : script_{std::move(script)}, began_{began}, link_{link} {}

  Id start(HttpRequest request, Done done) override;
  void cancel(Id id) override;
  Id call_later(double seconds, std::function<void()> what) override;
  void run() override;
  void stop() override { stopped_ = true; }
  double seconds() const override { return clock_; }
  UnixTime time() const override { return began_ + static_cast<UnixTime>(clock_); }
  Progress progress(Id id) const override;
  Counts counts() const override { return counts_; }

  // What was asked, in order.
  struct Asked {
    double at = 0;
    std::string method, url;
    bool was_cancelled = false;
  };
  const std::vector<Asked>& asked() const { return asked_; }
  std::size_t open() const { return exchanges_.size(); }
  std::size_t most_open() const { return most_open_; }

 private:
  struct Exchange {
    HttpRequest request;
    Done done;
    ScriptedReply reply;
    std::size_t number = 0;  // in asked_
    double began = 0;
    double arrives_from = kNever, arrives_until = kNever;  // when its bytes come
  };
  struct Event {
    Id id;
    std::function<void()> what;
  };

  void begin(Id id);
  void connect(Id id);
  void end(Id id, HttpFault fault, const std::string& error);
  void at(Id id, double time, std::function<void()> what);
  double through_link(double from, double bytes);

  const Script script_;
  const UnixTime began_;
  const ScriptedLink link_;
  double clock_ = 0, link_is_free_at_ = 0;
  bool stopped_ = false;
  Id last_id_ = 0;
  std::multimap<double, Event> events_;
  std::map<Id, Exchange> exchanges_;
  std::vector<Asked> asked_;
  std::size_t most_open_ = 0;
  Counts counts_;
};
