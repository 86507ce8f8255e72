// Fetches one page: tries again where that may help, asks only for what changed
// since the last good copy, and falls back to that copy.
#pragma once

#include <chrono>
#include <functional>
#include <random>
#include <unordered_map>

#include "copies.hpp"
#include "http/client.hpp"
#include "verdict.hpp"

struct FetchSettings {
  double try_seconds = 30;  // one request, its redirects included
  double pause = 1;         // before the second try; then twice as long each time
  std::int64_t tries = 3;
  bool offline = false;  // copies only
};

struct PageWish {
  std::string source;           // the id of its source
  std::string url;              // http: or https:
  bool may_leave_host = false;  // by redirects
  std::size_t bytes = 8 << 20;  // at most, on the wire and decompressed; 0: its copy will do
  double seconds = 300;         // for all tries and pauses, from now; 0: its copy will do
};

struct FetchedPage {
  std::int64_t status = 0;  // of the last try
  std::string media_type;
  std::string body;        // "": there is none, and error says why
  std::string fetched_at;  // of the body; now, if there is none
  std::string final_url;   // after redirects
  bool from_cache = false;
  std::optional<std::string> error;
};

class PageFetcher {
 public:
  using Done = std::function<void(FetchedPage)>;

  PageFetcher(HttpClient& http, const Copies& copies, FetchSettings settings)
      : http_{http}, copies_{copies}, settings_{settings} {}

  // `done` is called from http.run(), once.
  void fetch(PageWish wish, Done done);

 private:
  using Id = std::uint64_t;
  using Clock = std::chrono::steady_clock;
  struct Fetch {
    PageWish wish;
    Done done;
    Clock::time_point until;
    std::optional<Copy> copy;
    int tries = 0;
    HttpClient::Id waits_for = 0;  // a request or a pause
    HttpClient::Id alarm = 0;      // for the end of its time
  };
  void begin(Id id);
  void end_of_time(Id id);
  void try_once(Id id);
  void take(Id id, const HttpAnswer& answer);
  void try_later(Id id, const Verdict& verdict, std::int64_t status);
  void fall_back(Id id, std::int64_t status, std::string error);
  void finish(Id id, FetchedPage page);
  void remember_pause(Fetch& fetch, double seconds);
  static double seconds_left(const Fetch& fetch);

  HttpClient& http_;
  const Copies& copies_;
  const FetchSettings settings_;
  std::unordered_map<Id, Fetch> fetches_;
  Id last_id_ = 0;
  std::minstd_rand random_{std::random_device{}()};
};
