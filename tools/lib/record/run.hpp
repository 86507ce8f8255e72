// What one run of the chain found: a line of data/runs.ndjson, written by
// tools/summarise, read by render for the status page's charts.
#pragma once

#include "record/fields.hpp"

// What one source gave.
struct RunSource {
  std::string source;                        // its id
  std::int64_t links = 0;                    // distinct join links
  std::optional<std::int64_t> links_before;  // in the run before, if there was one
  std::optional<std::int64_t> left_out;      // links past the bounds of extract-joins
  std::optional<std::string> error;          // why a page of it is not fresh: a word of PageFault
  Json::Object unknown_members;              // kept as they are

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("source", self.source);
    visit("links", self.links);
    visit("links_before", self.links_before);
    visit("left_out", self.left_out);
    visit("error", self.error);
  }
};

struct Run {
  static constexpr std::string_view kKind = "run";
  std::string at;                // the newest probe of the run
  std::int64_t communities = 0;  // found, before the policy; copies are not counted
  std::optional<std::int64_t> shown, hidden, adult;  // of these; not known before the site is made
  std::optional<std::int64_t> left_out;  // servers and rooms whose data failed a check of the site
  std::optional<std::int64_t> kept_last_state;   // servers whose new data failed a check of dedupe
  std::optional<std::int64_t> copies_of_hidden;  // rooms
  std::int64_t servers = 0;                      // probed; skipped ones are not counted
  std::int64_t answered = 0, proven = 0;
  std::optional<std::string> skipped_until;  // when the first skipped server is probed again
  std::int64_t weekly_users = 0;  // of all listed Communities but copies, scaled to seven days
  std::int64_t pages = 0, pages_failed = 0, joins = 0;
  std::int64_t appeared = 0, vanished = 0;  // Communities, against the run before
  std::optional<Json> page_errors;          // {"dns":1}; older lines don't have it
  std::vector<RunSource> sources;           // in their order; older lines don't have it
  Json outcomes, keys, seconds;  // {"ok":9,"not-asked":1}, {"proven":8,…}, {"4-probes":12.5,…}
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("at", self.at);
    visit("communities", self.communities);
    visit("shown", self.shown);
    visit("hidden", self.hidden);
    visit("adult", self.adult);
    visit("left_out", self.left_out);
    visit("kept_last_state", self.kept_last_state);
    visit("copies_of_hidden", self.copies_of_hidden);
    visit("servers", self.servers);
    visit("answered", self.answered);
    visit("proven", self.proven);
    visit("skipped_until", self.skipped_until);
    visit("weekly_users", self.weekly_users);
    visit("pages", self.pages);
    visit("pages_failed", self.pages_failed);
    visit("page_errors", self.page_errors);
    visit("sources", self.sources);
    visit("joins", self.joins);
    visit("appeared", self.appeared);
    visit("vanished", self.vanished);
    visit("outcomes", self.outcomes);
    visit("keys", self.keys);
    visit("seconds", self.seconds);
  }
};

RECORD_COMPILED_ONCE(Run);
