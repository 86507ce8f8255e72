// The network of the tests: what a script says happens, at the time it says, on a virtual clock.
#include <cstdio>

#include "http/scripted_client.hpp"

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

static ScriptedReply reply(double seconds, const std::string& body = "") {
  ScriptedReply made;
  made.answer.status = 200;
  made.answer.body = body;
  made.seconds = seconds;
  return made;
}

static HttpRequest get(const std::string& url) {
  HttpRequest request;
  request.url = url;
  return request;
}

// Asks for each URL at once, and tells when each was answered, in order of the answers.
struct Run {
  std::string order;
  std::vector<double> at;
  std::vector<HttpFault> faults;

  void ask(ScriptedClient& http, const HttpRequest& request) {
    http.start(request, [this, &http, request](const HttpAnswer& answer) {
      order += request.url;
      at.push_back(http.seconds());
      faults.push_back(answer.fault);
    });
  }
};

static void answers_come_when_the_script_says() {
  ScriptedClient http{[](const HttpRequest& request) {
    return reply(request.url == "a" ? 3 : request.url == "b" ? 1 : 2);
  }};
  Run run;
  for (const char* url : {"a", "b", "c"}) run.ask(http, get(url));
  http.run();
  check(run.order == "bca" && run.at == (std::vector<double>{1, 2, 3}));
  check(http.seconds() == 3 && http.most_open() == 3 && http.open() == 0);
  check(http.time() == 1'795'000'003 && http.counts().requests == 3);
}

static void a_limit_of_the_request_ends_it() {
  ScriptedClient http{[](const HttpRequest& request) {
    ScriptedReply made = reply(kNever);
    if (request.url == "unreachable") made.connect_seconds = kNever;
    return made;
  }};
  Run run;
  HttpRequest slow = get("silent"), unreachable = get("unreachable"), drip = get("idle");
  slow.limits.seconds = 7;
  unreachable.limits.connect_seconds = 5;
  drip.limits.low_bytes_per_second = 1;
  drip.limits.low_seconds = 6;
  for (const HttpRequest& request : {slow, unreachable, drip}) run.ask(http, request);
  http.run();
  check(run.order == "unreachableidlesilent" && run.at == (std::vector<double>{5, 6, 7}));
  check(run.faults == (std::vector<HttpFault>{HttpFault::timeout_connect, HttpFault::timeout_read,
                                              HttpFault::timeout_read}));
}

static void a_request_and_a_timer_can_be_cancelled() {
  ScriptedClient http{[](const HttpRequest&) { return reply(5); }};
  int called = 0;
  const auto request = http.start(get("a"), [&](const HttpAnswer&) { ++called; });
  const auto timer = http.call_later(3, [&] { ++called; });
  http.call_later(2, [&] {
    http.cancel(request);
    http.cancel(timer);
  });
  http.run();
  check(called == 0 && http.seconds() == 2 && http.asked()[0].was_cancelled);
}

static void the_start_and_the_end_of_sending_are_reported() {
  ScriptedClient http{[](const HttpRequest&) {
    ScriptedReply made = reply(4, std::string(100, 'x'));
    made.connect_seconds = 1;
    made.first_byte_seconds = 2;
    return made;
  }};
  std::string told;
  HttpRequest request = get("a");
  request.on_start = [&] { told += "start" + std::to_string(int(http.seconds())); };
  request.on_sent = [&] { told += " sent" + std::to_string(int(http.seconds())); };
  const auto id = http.start(
      request, [&](const HttpAnswer& answer) { told += answer.connected ? " done" : " lost"; });
  http.call_later(1.5, [&] { check(http.progress(id).bytes == 0); });
  http.call_later(3,
                  [&] { check(http.progress(id).bytes == 51 && http.progress(id).last_at == 3); });
  http.run();
  check(told == "start0 sent1 done");
}

static void a_shared_link_makes_later_answers_wait() {
  ScriptedClient http{[](const HttpRequest&) { return reply(0, std::string(1000, 'x')); },
                      0,
                      {.bytes_per_second = 1000, .overhead_of_connection = 0}};
  Run run;
  for (const char* url : {"a", "b", "c"}) run.ask(http, get(url));
  http.run();
  check(run.at == (std::vector<double>{1, 2, 3}));
}

int main() {
  answers_come_when_the_script_says();
  a_limit_of_the_request_ends_it();
  a_request_and_a_timer_can_be_cancelled();
  the_start_and_the_end_of_sending_are_reported();
  a_shared_link_makes_later_answers_wait();
  return failures != 0;
}
