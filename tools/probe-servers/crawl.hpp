// All servers at once: starts a probe of each, as many as may be busy at a time
// (congestion.hpp), and hands out each record as soon as it is done. Those come first that proved a
// key before, then those with the port of their scheme, then those that people listed or
// more pages name.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "http/client.hpp"
#include "record/server.hpp"
#include "server_probe.hpp"
#include "sogs/rooms.hpp"

// What a run of the crawl found, for --summary and for the terminal.
struct Tally {
  std::int64_t servers = 0, written = 0, asked = 0, answered = 0, proven = 0, rooms = 0,
               joinable = 0;
  std::int64_t attempts = 0, most_attempts = 0;  // requests to those asked, and to one of them
  std::map<std::string, std::int64_t> outcomes, keys;
};

class Crawl {
 public:
  using Write = std::function<void(const Server&)>;

  // At most `jobs` servers are busy at once.
  Crawl(HttpClient& http, const ProbeSettings& settings, std::size_t jobs, Write write);
  ~Crawl();

  // A candidate to be asked when run() is called.
  void add(const Server& candidate);
  // Until all are done, or the client is stopped; the rest is written as not asked.
  void run();

  const Tally& tally() const { return tally_; }
  bool is_done() const { return queue_.empty() && under_way_.empty(); }
  // Servers that keep silent, and are asked beside the others.
  std::size_t waited_for() const { return under_way_.size() - busy_; }
  // A guess, until all are under way; then the seconds that their budgets leave at most.
  double seconds_left() const;

 private:
  struct ActiveProbe;
  struct QueuedServer;

  void start_more();
  bool has_place(const Server& candidate);
  void start(Server candidate);
  void finish_done();
  void write(const Server& server);

  HttpClient& http_;
  const ProbeSettings& settings_;
  const Write write_;
  std::deque<QueuedServer> queue_;
  Congestion congestion_;
  MemoryBudget memory_;
  std::map<std::uint64_t, std::unique_ptr<ActiveProbe>> under_way_;
  std::deque<std::uint64_t> done_;
  std::map<std::string, int> per_host_;
  std::uint64_t last_id_ = 0;
  std::size_t busy_ = 0;  // of those under way: not merely waited for
  const double began_;
  Tally tally_;
};
