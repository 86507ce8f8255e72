// What a run fetched, for --summary and for -v.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "record/page.hpp"

struct FetchedSource {
  std::string source;                // its id
  std::int64_t pages = 0;            //
  std::int64_t failed = 0;           // pages that are not fresh
  std::int64_t from_cache = 0;       // pages whose last good copy is used
  std::optional<std::string> error;  // the first one: a word of PageFault

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("source", self.source);
    visit("pages", self.pages);
    visit("failed", self.failed);
    visit("from_cache", self.from_cache);
    visit("error", self.error);
  }
};

struct FetchSummary {
  std::int64_t pages = 0;
  std::int64_t fresh = 0, unchanged = 0;  // unchanged: status 304
  std::int64_t from_cache = 0;
  std::int64_t without_text = 0;
  std::int64_t requests = 0, blocked = 0;  // blocked: sockets that the address guard refused
  std::int64_t bytes = 0;                  // of text
  Json errors;                             // how many pages failed, by the word of PageFault
  std::vector<FetchedSource> sources;      // in their order

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("pages", self.pages);
    visit("fresh", self.fresh);
    visit("unchanged", self.unchanged);
    visit("from_cache", self.from_cache);
    visit("without_text", self.without_text);
    visit("requests", self.requests);
    visit("blocked", self.blocked);
    visit("bytes", self.bytes);
    visit("errors", self.errors);
    visit("sources", self.sources);
  }
};

class FetchTally {
 public:
  void add_source(const std::string& id);
  void count(std::size_t source, const Page& page);
  void end_source() { ++done_; }

  bool has_text() const { return summary_.pages > summary_.without_text; }
  bool is_empty() const { return summary_.sources.empty(); }
  const std::string& first_error() const { return first_error_; }
  std::string progress() const;  // "3 of 5 sources, 41 pages"
  FetchSummary summary() const;  // without what only the network knows

 private:
  FetchSummary summary_;
  std::map<std::string, std::int64_t> errors_;
  std::string first_error_;
  std::size_t done_ = 0;
};

// "asgl: https://list.example/: dns: no such name"; `page.error` is there.
std::string error_line(const Page& page);
// "5 sources, 7 pages: 6 fresh, …"
std::string text_of(const FetchSummary& summary);
