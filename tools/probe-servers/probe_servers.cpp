#include "probe_servers.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <iostream>
#include <system_error>

#include "base/time.hpp"
#include "cli/errors.hpp"
#include "crawl.hpp"
#include "ndjson/lines.hpp"
#include "url/join_url.hpp"

namespace {

HttpClient* interruptible = nullptr;
volatile std::sig_atomic_t was_interrupted = 0;

void on_signal(int) {
  was_interrupted = 1;
  if (interruptible) interruptible->stop();
}

// While it lives, SIGINT and SIGTERM stop the client instead of us.
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

Server candidate_in(const Json& json) {
  Server candidate = from_json<Server>(json);
  const auto base = parse_base_url(candidate.base_url);
  if (!base) throw BadLine{"\"base_url\": " + base.reason()};
  if (base->text() != candidate.base_url)
    throw BadLine{"\"base_url\" should be in its canonical form, " + base->text()};
  return candidate;
}

bool is_too_early(const Server& candidate, UnixTime at) {
  if (!candidate.probe || !candidate.probe->not_before) return false;
  const auto until = parse_rfc3339(*candidate.probe->not_before);
  return until && at < *until;
}

Json counts(const std::map<std::string, std::int64_t>& tally) {
  Json::Object members;
  for (const auto& [word, count] : tally) members.push_back({word, Json::integer(count)});
  return Json{std::move(members)};
}

void write_summary(const std::string& file, const Tally& tally, const HttpClient::Counts& http,
                   UnixTime began) {
  const auto number = [](std::uint64_t count) {
    return Json::integer(static_cast<std::int64_t>(count));
  };
  const Json line{Json::Object{{"at", Json{rfc3339(now())}},
                               {"servers", Json::integer(tally.servers)},
                               {"asked", Json::integer(tally.asked)},
                               {"answered", Json::integer(tally.answered)},
                               {"proven", Json::integer(tally.proven)},
                               {"rooms", Json::integer(tally.rooms)},
                               {"joinable", Json::integer(tally.joinable)},
                               {"outcomes", counts(tally.outcomes)},
                               {"keys", counts(tally.keys)},
                               {"requests", number(http.requests)},
                               {"connections", number(http.connections)},
                               {"blocked", number(http.blocked)},
                               {"seconds", Json::integer(now() - began)}}};
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) throw Failure{file + ": " + std::generic_category().message(errno)};
  LineWriter writer{descriptor};
  writer.write(to_text(line));
  writer.flush();
  ::close(descriptor);
}

std::string in_words(const std::map<std::string, std::int64_t>& outcomes) {
  std::string words;
  for (const auto& [word, count] : outcomes)
    words += (words.empty() ? "" : ", ") + std::to_string(count) + " " + word;
  return words;
}

}  // namespace

int probe_servers(const ProbeOptions& options, HttpClient& http) {
  const UnixTime began = now();
  LineWriter out;
  Crawl crawl{http, options.patience, options.jobs, options.staff, [&](const Server& server) {
                out.write(to_text(to_json(server)));
                out.flush();
                if (options.is_verbose)
                  std::cerr << "probe-servers: " << server.base_url << ": " << server.probe->outcome
                            << '\n';
              }};
  int status =
      for_each_line(options.files, options.bad_lines, "probe-servers", [&](const Line& line) {
        const Json json = line.json();
        if (kind_of(json) != Server::kKind) return out.write(line.text);
        Server candidate = candidate_in(json);
        if (options.heed_not_before && is_too_early(candidate, began)) return out.write(line.text);
        crawl.add(std::move(candidate));
      });
  {
    const Interruptible until_done{http};
    crawl.run();
  }
  out.flush();
  const Tally& tally = crawl.tally();
  if (!options.summary.empty()) write_summary(options.summary, tally, http.counts(), began);
  if (was_interrupted) throw Failure{"interrupted: " + in_words(tally.outcomes)};
  if (tally.asked > 0 && tally.answered == 0)
    throw Failure{"no server answered: " + in_words(tally.outcomes)};
  return status;
}
