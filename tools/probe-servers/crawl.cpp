#include "crawl.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "ndjson/lines.hpp"

namespace {

// Base URLs of one host: a long list of its ports is an attack. Those that proved a key and those
// with the default port don't count.
constexpr int kMostPerHost = 16;
// Servers that are only waited for take nothing but memory, so there may be many.
constexpr std::size_t kMostUnderWay = 8192;

bool has_default_port(const BaseUrl& base) {
  return base.port == (base.scheme == "https" ? 443 : 80);
}

}  // namespace

// Kept as text, which is smaller: of a million candidates, most are never probed.
struct Crawl::QueuedServer {
  explicit QueuedServer(const Server& candidate)
      : rank{!is_known(candidate), !has_default_port(*parse_base_url(candidate.base_url)),
             candidate.found_on.empty()
                 ? 0
                 : std::numeric_limits<std::size_t>::max() - candidate.found_on.size()},
        line{to_text(candidate)} {}

  Server server() const {
    JsonText memory;
    return from_json<Server>(Line{line, "", 0}.json(memory));
  }

  std::tuple<bool, bool, std::size_t> rank;  // smaller is first
  std::string line;
};

struct Crawl::ActiveProbe {
  ActiveProbe(Server candidate, HttpClient& client, Congestion& congestion,
              const ProbeSettings& settings, MemoryBudget& memory, std::function<void()> on_wait)
      : server{std::move(candidate)},
        http{client},
        requester{client, congestion, settings.budget, is_known(server), std::move(on_wait)},
        server_probe{server, requester, memory, settings},
        task{server_probe.run()} {}

  ProbeCost cost() const { return {http.time(), requester.attempts(), http.seconds() - began}; }

  Server server;
  const HttpClient& http;
  Requester requester;
  ServerProbe server_probe;
  Task<std::vector<ProbeResult>> task;
  const double began = http.seconds();
  bool is_waited_for = false;
};

Crawl::Crawl(HttpClient& http, const ProbeSettings& settings, std::size_t jobs, Write write)
    : http_{http},
      settings_{settings},
      write_{std::move(write)},
      congestion_{jobs},
      began_{http.seconds()} {}
Crawl::~Crawl() = default;

void Crawl::add(const Server& candidate) {
  ++tally_.servers;
  queue_.emplace_back(candidate);
}

void Crawl::run() {
  std::stable_sort(queue_.begin(), queue_.end(),
                   [](const QueuedServer& a, const QueuedServer& b) { return a.rank < b.rank; });
  start_more();
  http_.run();
  finish_done();
  for (auto& [id, probe] : under_way_) {
    write_not_asked(probe->server, "interrupted", probe->cost());
    write(probe->server);
  }
  under_way_.clear();
  for (const QueuedServer& waiting : queue_) {
    Server server = waiting.server();
    write_not_asked(server, "interrupted", {http_.time(), 0, 0});
    write(server);
  }
  queue_.clear();
}

void Crawl::start_more() {
  while (!queue_.empty() && busy_ < congestion_.window() && under_way_.size() < kMostUnderWay) {
    Server candidate = queue_.front().server();
    queue_.pop_front();
    if (!has_place(candidate)) {
      write_not_asked(candidate, "more than " + std::to_string(kMostPerHost) + " ports of one host",
                      {http_.time(), 0, 0});
      write(candidate);
      continue;
    }
    start(std::move(candidate));
  }
}

bool Crawl::has_place(const Server& candidate) {
  const BaseUrl base = *parse_base_url(candidate.base_url);
  return is_known(candidate) || has_default_port(base) || ++per_host_[base.host] <= kMostPerHost;
}

void Crawl::start(Server candidate) {
  const std::uint64_t id = ++last_id_;
  auto probe = std::make_unique<ActiveProbe>(std::move(candidate), http_, congestion_, settings_,
                                             memory_, [this, id] {
                                               under_way_.at(id)->is_waited_for = true;
                                               --busy_;
                                               start_more();
                                             });
  ActiveProbe& started = *probe;
  under_way_.emplace(id, std::move(probe));
  ++busy_;
  // It is finished later: the last step of a task must not destroy the task.
  started.task.start([this, id] {
    if (done_.empty()) http_.call_later(0, [this] { finish_done(); });
    done_.push_back(id);
  });
}

void Crawl::finish_done() {
  for (; !done_.empty(); done_.pop_front()) {
    const auto probe = under_way_.extract(done_.front());
    if (!probe.mapped()->is_waited_for) --busy_;
    Server& server = probe.mapped()->server;
    write_result(server, probe.mapped()->task.result(), probe.mapped()->cost());
    write(server);
  }
  start_more();
}

void Crawl::write(const Server& server) {
  const ProbeOutcome outcome = server.probe->outcome;
  ++tally_.outcomes[std::string{word_of(outcome)}];
  if (outcome == ProbeOutcome::proxy && tally_.proxy_error.empty())
    tally_.proxy_error = server.probe->error.value_or("");
  if (!says_nothing(outcome)) {
    ++tally_.asked;
    tally_.attempts += server.probe->attempts;
    tally_.most_attempts = std::max(tally_.most_attempts, server.probe->attempts);
    ++tally_.keys[server.key ? std::string{word_of(server.key->status)} : "unknown"];
  }
  if (is_answer(outcome)) ++tally_.answered;
  if (server.key && server.key->status == KeyStatus::proven) ++tally_.proven;
  tally_.rooms += server.rooms.size();
  for (const Room& room : server.rooms) tally_.joinable += room.joinable.value_or(false);
  ++tally_.written;
  write_(server);
}

double Crawl::seconds_left() const {
  if (is_done()) return 0;
  if (queue_.empty())
    return std::max(
        0.0, settings_.budget.seconds - (http_.seconds() - under_way_.rbegin()->second->began));
  const auto left = static_cast<double>(queue_.size() + under_way_.size());
  return (http_.seconds() - began_) * left /
         static_cast<double>(std::max<std::int64_t>(tally_.written, 1));
}
