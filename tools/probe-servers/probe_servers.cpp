#include "probe_servers.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <iostream>
#include <optional>

#include "base/time.hpp"
#include "cli/errors.hpp"
#include "cli/progress.hpp"
#include "crawl.hpp"
#include "ndjson/bad_lines.hpp"
#include "ndjson/line_writer.hpp"
#include "url/join_url.hpp"

namespace {

HttpClient* interruptible = nullptr;
volatile std::sig_atomic_t was_interrupted = 0;

void on_signal(int) {
  was_interrupted = 1;
  if (interruptible) interruptible->stop();
}

// During its lifetime, SIGINT and SIGTERM stop the client, not the process.
class Interruptible {
 public:
  explicit Interruptible(HttpClient& http) {
    interruptible = &http;
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, on_signal);
  }
  ~Interruptible() {
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, SIG_DFL);
    interruptible = nullptr;
  }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;
};

Server candidate_in(const JsonView& json) {
  Server candidate = from_json<Server>(json);
  const auto base = parse_base_url(candidate.base_url);
  if (!base) throw BadLine{"\"base_url\": " + base.reason()};
  if (base->text() != candidate.base_url)
    throw BadLine{"\"base_url\" should be in its canonical form, " + base->text()};
  return candidate;
}

bool is_too_early(const Server& candidate, UnixTime at) {
  if (!candidate.probe || !candidate.probe->not_before) return false;
  const auto asked =
      parse_rfc3339(candidate.probe->at);  // a time in the future comes from a wrong clock
  const auto until = parse_rfc3339(*candidate.probe->not_before);
  return asked && until && *asked <= at && at < *until;
}

Json in_json(const std::map<std::string, std::int64_t>& tally) {
  Json::Object members;
  for (const auto& [word, count] : tally) members.push_back({word, Json::integer(count)});
  return Json{std::move(members)};
}

// Servers that are not due yet: their records stay unchanged.
struct Skipped {
  std::int64_t servers = 0;
  std::string until;  // when the first of them is due

  void add(const std::string& not_before) {
    ++servers;
    if (until.empty() || not_before < until) until = not_before;
  }
};

Json::Object counts_of(const Tally& tally, const Skipped& skipped, const HttpClient& http) {
  const HttpClient::Counts counts = http.counts();
  const double hundredths = 100.0 * static_cast<double>(tally.attempts) /
                            static_cast<double>(std::max<std::int64_t>(tally.asked, 1));
  return {{"at", Json{rfc3339(http.time())}},
          {"servers", Json::integer(tally.servers + skipped.servers)},
          {"skipped", Json::integer(skipped.servers)},
          {"skipped_until", Json{skipped.until}},
          {"asked", Json::integer(tally.asked)},
          {"answered", Json::integer(tally.answered)},
          {"proven", Json::integer(tally.proven)},
          {"rooms", Json::integer(tally.rooms)},
          {"joinable", Json::integer(tally.joinable)},
          {"outcomes", in_json(tally.outcomes)},
          {"keys", in_json(tally.keys)},
          {"requests", Json::integer(counts.requests)},
          {"requests_per_server", Json::real(std::round(hundredths) / 100)},
          {"most_requests_of_a_server", Json::integer(tally.most_attempts)},
          {"connections", Json::integer(counts.connections)},
          {"blocked", Json::integer(counts.blocked)}};
}

std::string in_words(const std::map<std::string, std::int64_t>& outcomes) {
  std::string words;
  for (const auto& [word, count] : outcomes)
    words += (words.empty() ? "" : ", ") + std::to_string(count) + " " + word;
  return words;
}

// "" if the proxies could be used.
std::string proxy_failure(const Tally& tally, const HttpPolicy& policy) {
  const auto unused = tally.outcomes.find("proxy");
  if (unused == tally.outcomes.end()) return "";
  const bool has_two = !policy.proxy.empty() && !policy.proxy_onion.empty();
  return "the proxy" + (has_two ? "" : " " + policy.proxy + policy.proxy_onion) +
         " could not be used for " + std::to_string(unused->second) + " of " +
         std::to_string(tally.servers) + " servers (" + tally.proxy_error + "); they are unchanged";
}

// An error message; "" if a server answered or none was probed.
std::string why_nothing_answered(const Tally& tally, const HttpPolicy& policy) {
  const auto count = [&tally](const char* outcome) {
    const auto found = tally.outcomes.find(outcome);
    return found == tally.outcomes.end() ? 0 : found->second;
  };
  if (tally.answered > 0) return "";
  const std::string proxy = proxy_failure(tally, policy);
  if (!proxy.empty() && tally.asked == 0) return proxy + ", and so is the site";
  if (tally.asked == 0) return "";
  const std::string none = "none of " + std::to_string(tally.asked) + " servers answered: ";
  if (tally.asked > 1 && count("dns") == tally.asked)
    return none +
           "name lookup failed for all of them. This machine's DNS or network looks down; "
           "the site is unchanged";
  return none + in_words(tally.outcomes);
}

// Shows the progress on a terminal until the crawl is done. Ends the run if the reader of the
// output has gone.
class Ticker {
 public:
  Ticker(HttpClient& http, const Crawl& crawl, const LineWriter& out)
      : http_{http}, crawl_{crawl}, out_{out} {
    tick();
  }

  // Removes the progress line, once the crawl is done for good.
  void clear() {
    progress_.clear();
    if (crawl_.is_done()) http_.cancel(timer_);  // otherwise run() waits for it
  }

 private:
  void tick() {
    out_.check_reader();
    if (progress_.is_due()) progress_.show(line());
    timer_ = http_.call_later(kInterval, [this] { tick(); });
  }
  std::string line() const {
    const Tally& tally = crawl_.tally();
    std::string text = std::to_string(tally.written) + " of " + std::to_string(tally.servers) +
                       " servers probed: " + std::to_string(tally.answered) + " answered, " +
                       std::to_string(tally.proven) + " proven, " +
                       std::to_string(crawl_.waited_for()) + " waited for";
    if (tally.written > 0)
      text += ", at most " + std::to_string(std::lround(crawl_.seconds_left())) + " s left";
    return text;
  }

  static constexpr double kInterval = 0.25;  // seconds
  HttpClient& http_;
  const Crawl& crawl_;
  const LineWriter& out_;
  Progress progress_;
  HttpClient::Id timer_ = 0;
};

}  // namespace

int probe_servers(const ProbeOptions& options, HttpClient& http) {
  const UnixTime began = http.time();
  LineWriter out;
  std::optional<Ticker> ticker;
  Crawl crawl{http, options.probe, options.jobs, [&](const Server& server) {
                out.write(to_text(server));
                out.flush();
                if (ticker) ticker->clear();
                if (options.is_verbose)
                  std::cerr << "probe-servers: " << server.base_url << ": "
                            << word_of(server.probe->outcome) << '\n';
              }};
  Skipped skipped;
  JsonText memory;
  int status =
      for_each_line(options.files, options.bad_lines, "probe-servers", [&](const Line& line) {
        const JsonView json = line.json(memory);
        if (kind_of(json) != Server::kKind) return out.write(line.text);
        const Server candidate = candidate_in(json);
        if (options.heed_not_before && is_too_early(candidate, began)) {
          skipped.add(*candidate.probe->not_before);
          return out.write(line.text);
        }
        crawl.add(candidate);
      });
  {
    const Interruptible until_done{http};
    if (!crawl.is_done()) ticker.emplace(http, crawl, out);
    crawl.run();
    ticker.reset();
  }
  out.flush();
  const Tally& tally = crawl.tally();
  options.summary.write(counts_of(tally, skipped, http));
  if (was_interrupted) throw Failure{"interrupted: " + in_words(tally.outcomes)};
  if (std::string why = why_nothing_answered(tally, options.policy); !why.empty())
    throw Failure{std::move(why)};
  if (const std::string proxy = proxy_failure(tally, options.policy); !proxy.empty())
    std::cerr << "probe-servers: " << proxy << '\n';
  return status;
}
