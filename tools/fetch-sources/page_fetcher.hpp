// Fetches one page: retries if that may help, makes a conditional request if there is a good copy,
// and falls back to that copy.
#pragma once

#include <functional>
#include <random>
#include <unordered_map>

#include "http/client.hpp"
#include "page_cache.hpp"
#include "verdict.hpp"

struct FetchSettings {
  double try_seconds = 30;  // one request, its redirects included
  double pause = 1;         // before the second try; then twice as long each time
  std::int64_t tries = 3;
  bool offline = false;                    // cached pages only
  unsigned seed = std::random_device{}();  // for the pauses
};

struct PageRequest {
  std::string source;           // the id of its source
  std::string url;              // http: or https:
  bool may_leave_host = false;  // by redirects
  std::size_t bytes = 8 << 20;  // at most, on the wire and unpacked; 0: from the cache
  double seconds = 300;         // for all tries and pauses, from now; 0: from the cache
  Expectation expect;
};

struct FetchedPage {
  std::int64_t status = 0;  // of the last try
  std::string media_type;
  std::string body;        // "" if there is none; `error` says why
  std::string fetched_at;  // when the body was fetched; now, if there is none
  std::string final_url;   // after redirects
  bool from_cache = false;
  std::optional<PageError> error;
};

class PageFetcher {
 public:
  using Done = std::function<void(FetchedPage)>;

  PageFetcher(HttpClient& http, PageCache& cache, FetchSettings settings)
      : http_{http}, cache_{cache}, settings_{settings}, random_{settings.seed} {}

  // `done` is called from http.run(), once.
  void fetch(PageRequest request, Done done);

 private:
  using Id = std::uint64_t;
  struct Fetch {
    PageRequest request;
    Done done;
    double until = 0;  // of http_.seconds()
    std::optional<CachedPage> cached;
    int tries = 0;
    std::int64_t status = 0;       // of the last try
    HttpClient::Id waits_for = 0;  // a request or a pause
    HttpClient::Id alarm = 0;      // for the end of its time
  };
  void begin(Id id);
  void end_of_time(Id id);
  void try_once(Id id);
  void take(Id id, const HttpAnswer& answer);
  void take_good(Id id, Verdict verdict, const HttpAnswer& answer);
  void take_unexpected(Id id, Verdict verdict, const HttpAnswer& answer);
  void try_later(Id id, const Verdict& verdict);
  void fall_back(Id id, PageFault fault, std::string text);
  void finish(Id id, FetchedPage page);
  void remember_pause(Fetch& fetch, double seconds);
  double seconds_left(const Fetch& fetch) const { return fetch.until - http_.seconds(); }

  HttpClient& http_;
  PageCache& cache_;
  const FetchSettings settings_;
  std::unordered_map<Id, Fetch> fetches_;
  Id last_id_ = 0;
  std::minstd_rand random_;
};
