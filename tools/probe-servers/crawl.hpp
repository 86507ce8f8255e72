// Probes all servers, as many at a time as may be busy (congestion.hpp), and writes each record as
// soon as it is done. The order: servers that proved a key before; those with the default port;
// those that people list or that most pages name.
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

// The counts of a crawl, for --summary and for the terminal.
struct Tally {
  std::int64_t servers = 0, written = 0, asked = 0, answered = 0, proven = 0, rooms = 0,
               joinable = 0;
  std::int64_t attempts = 0, most_attempts = 0;  // requests in all, and the most to one server
  std::map<std::string, std::int64_t> outcomes, keys;
  std::string proxy_error;  // the first one
};

class Crawl {
 public:
  using Write = std::function<void(const Server&)>;

  // At most `jobs` servers are busy at once.
  Crawl(HttpClient& http, const ProbeSettings& settings, std::size_t jobs, Write write);
  ~Crawl();

  // Adds a candidate, to be probed by run().
  void add(const Server& candidate);
  // Runs until all are done or the client is stopped. Then the rest is written as not asked.
  void run();

  const Tally& tally() const { return tally_; }
  bool is_done() const { return queue_.empty() && under_way_.empty(); }
  // Silent servers whose probes go on beside the busy ones.
  std::size_t waited_for() const { return under_way_.size() - busy_; }
  // An estimate until all are under way; then the most seconds that a budget has left.
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
  std::size_t busy_ = 0;  // those under way that are not merely waited for
  const double began_;
  Tally tally_;
};
