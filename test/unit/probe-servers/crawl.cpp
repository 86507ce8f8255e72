// A whole crawl on a scripted network: how often, how long and how many at once servers are asked,
// and what comes of it. A minute of it takes milliseconds.
#include "crawl.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <random>

#include "scripted_server.hpp"

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

namespace {

struct Crawled {
  std::vector<Server> servers;  // in the order they were done
  double seconds = 0;
  std::size_t requests = 0, most_open = 0;

  const Server* find(const std::string& base_url) const {
    for (const Server& server : servers)
      if (server.base_url == base_url || server.asked_url == base_url) return &server;
    return nullptr;
  }
  std::size_t proven() const {
    return static_cast<std::size_t>(
        std::count_if(servers.begin(), servers.end(), [](const Server& server) {
          return server.key && server.key->status == KeyStatus::proven;
        }));
  }
};

Crawled crawl(const std::vector<Server>& candidates, ScriptedClient& http,
              RequestBudget budget = {}, std::size_t jobs = 256) {
  Crawled result;
  const ProbeSettings settings{.budget = budget};
  Crawl run{http, settings, jobs, [&](const Server& server) { result.servers.push_back(server); }};
  for (const Server& candidate : candidates) run.add(candidate);
  run.run();
  result.seconds = http.seconds();
  result.requests = http.asked().size();
  result.most_open = http.most_open();
  return result;
}

Crawled crawl(ScriptedWorld& world, RequestBudget budget = {}, ScriptedLink link = {}) {
  ScriptedClient http{world.script(), 1'795'000'000, link};
  std::vector<Server> candidates;
  for (const auto& [host, server] : world.all()) candidates.push_back(server.candidate({"lounge"}));
  return crawl(candidates, http, budget);
}

Server known(Server server) {
  server.key.emplace();
  server.key->public_key = server.public_keys[0].public_key;
  server.key->proven_at = "2026-11-01T00:00:00Z";
  return server;
}

std::string word_of_probe(const Server& server) {
  return std::string{word_of(server.probe->outcome)};
}

// Answers to a share of the requests never come, at random; the connection stands at once.
std::function<std::optional<ScriptedReply>(int)> stalling(double share, unsigned seed) {
  return [share, random = std::make_shared<std::mt19937>(seed)](int) {
    std::bernoulli_distribution stalls{share};
    return stalls(*random) ? std::optional{silence()} : std::nullopt;
  };
}

void healthy_servers_get_each_request_once() {
  ScriptedWorld world;
  for (int i = 0; i < 100; ++i) world.add("s" + std::to_string(i) + ".example");
  const auto done = crawl(world);
  check(done.proven() == 100 && done.seconds < 3);
  check(done.requests == 100);
}

void a_hundred_servers_that_never_answer_70_of_100_requests_are_all_found() {
  ScriptedWorld world;
  for (int i = 0; i < 100; ++i)
    world.add("s" + std::to_string(i) + ".example").instead =
        stalling(0.7, static_cast<unsigned>(i));
  const auto done = crawl(world);
  check(done.proven() == 100);
  check(done.seconds < 12);
}

void silent_servers_get_ten_seconds_if_they_are_new_and_a_minute_if_known() {
  for (const bool is_known : {false, true}) {
    ScriptedWorld world;
    ScriptedServer& silent = world.add("silent.example");
    silent.instead = [](int) { return silence(); };
    ScriptedClient http{world.script()};
    const auto done = crawl({is_known ? known(silent.candidate()) : silent.candidate()}, http);
    check(word_of_probe(done.servers[0]) == "timeout-read");
    check(done.seconds == (is_known ? 60 : 10));
    check(silent.requests >= 20 && silent.requests <= 40);
    check(done.most_open <= (is_known ? 3 : 6));
  }
}

void dead_servers_delay_a_first_crawl_by_at_most_twelve_seconds() {
  ScriptedWorld world;
  std::vector<Server> candidates;
  for (int i = 0; i < 55; ++i) {
    ScriptedServer& server = world.add("s" + std::to_string(i) + ".example");
    candidates.push_back(server.candidate());
    // 14 live, 13 silent, 10 that nothing leads to, 10 where nobody listens, 8 without a name
    if (i >= 14)
      server.instead = [i](int) {
        if (i < 27) return silence();
        if (i < 37) return silence(kNever);
        return failing(i < 47 ? HttpFault::refused : HttpFault::dns);
      };
    if (i % 2) candidates.back().base_url = "http://s" + std::to_string(i) + ".example";
  }
  ScriptedClient http{world.script()};
  const auto done = crawl(candidates, http);
  check(done.servers.size() == 55 && done.proven() == 14);
  check(done.seconds <= 12);
}

void a_slow_server_is_waited_for() {
  ScriptedWorld world;
  world.add("slow.example").answers_after = 8;
  check(crawl(world).proven() == 1);
}

void a_slow_server_delays_no_other_one() {
  ScriptedWorld world;
  world.add("a.example").instead = [](int) { return silence(); };
  world.add("b.example");
  ScriptedClient http{world.script()};
  const auto done =
      crawl({world.at("a.example").candidate(), world.at("b.example").candidate()}, http, {}, 1);
  check(done.servers[0].base_url == "http://b.example:8080" && done.proven() == 1);
}

void a_server_that_refuses_connections_gets_two_attempts() {
  ScriptedWorld world;
  ScriptedServer& down = world.add("down.example");
  down.instead = [](int) { return failing(HttpFault::refused); };
  ScriptedServer& unreachable = world.add("unreachable.example");
  unreachable.instead = [](int) { return silence(kNever); };
  const auto done = crawl(world);
  check(down.requests == 2 && unreachable.requests == 2);
  check(word_of_probe(*done.find("http://down.example:8080")) == "refused");
  check(word_of_probe(*done.find("http://unreachable.example:8080")) == "timeout-connect");
}

void a_server_that_closes_each_connection_gets_three_attempts() {
  ScriptedWorld world;
  ScriptedServer& server = world.add("hang-up.example");
  server.instead = [](int) {
    ScriptedReply reply = page(0);
    reply.answer.fault = HttpFault::broken;
    reply.answer.error = "Empty reply from server";
    return std::optional{reply};
  };
  const auto done = crawl(world);
  check(server.requests == 3 && word_of_probe(done.servers[0]) == "broken");
}

void the_budget_is_an_option_and_never_exceeded() {
  ScriptedWorld world;
  ScriptedServer& silent = world.add("silent.example");
  silent.instead = [](int) { return silence(); };
  check(crawl(world, {.seconds = 20, .attempts = 5, .timeout = 1}).servers[0].probe->attempts == 5);
  for (const double budget : {1.0, 2.0, 7.0}) {
    ScriptedClient http{world.script()};
    // https is tried first, where nobody listens
    Server candidate = silent.candidate();
    candidate.base_url = "http://silent.example";
    const auto done = crawl({candidate, known(candidate)}, http,
                            {.seconds = budget, .attempts = 500, .timeout = 10});
    check(done.seconds <= budget + 0.01);
    check(word_of_probe(done.servers[0]) == "timeout-read");
  }
}

void a_transfer_that_makes_progress_is_neither_cut_nor_hedged() {
  ScriptedWorld world;
  ScriptedServer& server = world.add("big.example");
  ScriptedServer twin{"big.example"};
  server.instead = [](int) { return std::nullopt; };
  server.answers_after = 30;
  ScriptedClient http{[&](const HttpRequest& request) {
    ScriptedReply reply = server.reply(request);
    reply.first_byte_seconds = 0.2;
    return reply;
  }};
  const auto done = crawl({server.candidate()}, http);
  check(done.proven() == 1 && server.requests <= 2);
}

// The world of the slow link: 101 servers with 5 rooms each.
void on_a_slow_link_all_servers_are_found_with_at_most_four_requests_each() {
  for (const double kilobits : {1024, 256, 128}) {
    ScriptedWorld world;
    for (int i = 0; i < 101; ++i) {
      ScriptedServer& server =
          world.add("s" + std::to_string(i) + ".example", {"a", "b", "c", "d", "lounge"});
      server.connect = 0.6;
      server.answers_after = 0.9;
    }
    const auto done = crawl(world, {}, {.bytes_per_second = kilobits * 125});
    check(done.proven() == 101);
    for (const auto& [host, server] : world.all()) check(server.requests <= 4);
    check(done.seconds < (kilobits == 1024 ? 10 : kilobits == 256 ? 20 : 46));
    check(done.requests <= 120);
  }
}

void a_hundredth_of_slow_servers_is_not_taken_for_congestion() {
  ScriptedWorld world;
  for (int i = 0; i < 200; ++i)
    world.add("s" + std::to_string(i) + ".example").answers_after = i % 100 ? 0.1 : 5;
  const auto done = crawl(world);
  check(done.proven() == 200 && done.seconds < 16);
}

void a_proxy_that_is_down_counts_against_no_server() {
  ScriptedWorld world;
  ScriptedServer& server = world.add("s.example");
  server.instead = [](int) { return failing(HttpFault::proxy); };
  ScriptedClient http{world.script()};
  Server candidate = known(server.candidate());
  candidate.base_url = "http://s.example:8080";
  const auto done = crawl({candidate}, http);
  const Server& found = done.servers[0];
  check(word_of_probe(found) == "proxy" && !found.probe->not_before);
  check(found.key->proven_at == candidate.key->proven_at && server.requests == 1);
}

void retry_after_holds_for_six_hours_or_a_day_with_a_proof_over_tls() {
  for (const bool is_proven : {false, true}) {
    ScriptedServer server{"s.example"};
    server.instead = [](int) {
      ScriptedReply reply = page(503);
      reply.answer.headers = {"retry-after: 604800"};
      return std::optional{reply};
    };
    ScriptedClient http{[&](const HttpRequest& request) { return server.reply(request); }};
    Server candidate = is_proven ? known(server.candidate()) : server.candidate();
    candidate.base_url = "https://s.example";
    const auto done = crawl({candidate}, http);
    const Probe& probe = *done.servers[0].probe;
    check(*parse_rfc3339(*probe.not_before) - *parse_rfc3339(probe.at) ==
          (is_proven ? 86400 : 6 * 3600));
  }
}

void a_silent_server_that_proved_a_key_is_probed_again_within_a_day() {
  for (const bool is_proven : {false, true}) {
    ScriptedServer server{"s.example"};
    server.instead = [](int) { return failing(HttpFault::refused); };
    ScriptedClient http{[&](const HttpRequest& request) { return server.reply(request); }};
    Server candidate = is_proven ? known(server.candidate()) : server.candidate();
    candidate.probe.emplace();
    candidate.probe->outcome = ProbeOutcome::refused;
    candidate.probe->at = "2026-11-01T00:00:00Z";
    candidate.probe->not_before = "2026-11-01T16:00:00Z";
    const auto done = crawl({candidate}, http);
    const Probe& probe = *done.servers[0].probe;
    check(*parse_rfc3339(*probe.not_before) - *parse_rfc3339(probe.at) ==
          (is_proven ? 24 : 32) * 3600);
  }
}

}  // namespace

int main() {
  a_silent_server_that_proved_a_key_is_probed_again_within_a_day();
  a_proxy_that_is_down_counts_against_no_server();
  retry_after_holds_for_six_hours_or_a_day_with_a_proof_over_tls();
  healthy_servers_get_each_request_once();
  a_hundred_servers_that_never_answer_70_of_100_requests_are_all_found();
  silent_servers_get_ten_seconds_if_they_are_new_and_a_minute_if_known();
  dead_servers_delay_a_first_crawl_by_at_most_twelve_seconds();
  a_slow_server_is_waited_for();
  a_slow_server_delays_no_other_one();
  a_server_that_refuses_connections_gets_two_attempts();
  a_server_that_closes_each_connection_gets_three_attempts();
  the_budget_is_an_option_and_never_exceeded();
  a_transfer_that_makes_progress_is_neither_cut_nor_hedged();
  on_a_slow_link_all_servers_are_found_with_at_most_four_requests_each();
  a_hundredth_of_slow_servers_is_not_taken_for_congestion();
  return failures != 0;
}
