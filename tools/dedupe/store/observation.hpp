// An observation is what one address showed of one key over time. dedupe --by=key keeps only
// observations, and derives the listing from them each time. So everything in the listing obeys
// the same law as the observations (merge.hpp):
//   dedupe(A ∪ B) = dedupe(dedupe(A) ∪ dedupe(B))
//
// An observation is a Server with these members: base_url, key, public_keys, probe,
// capabilities, prints_url, printed_hosts, global_staff_count, rooms (with first_seen, last_seen,
// users), room_hints, found_on, first_seen, last_seen, answers, note.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "record/server.hpp"
#include "store/vouched.hpp"

// What the listing depends on besides the records. Times are Unix seconds.
struct Rules {
  UnixTime now = 0;           // the newest probe of the input, or --now
  UnixTime grace = 3 * kDay;  // how long a silent server stays listed
  const Vouched* vouched = nullptr;
};

inline constexpr UnixTime kGoneKept = 90 * kDay;       // after the grace
inline constexpr UnixTime kUnansweredKept = 2 * kDay;  // after an address was last named or due
inline constexpr UnixTime kPagesKept = 90 * kDay;
// How many addresses of one domain are probed, and how many observations of it with an answer are
// kept; as many again of those that are silent for longer than the grace. Those that people list
// (--known) are exempt.
inline constexpr std::size_t kMostOfDomain = 256;
// In these observations together, and again in the silent ones.
inline constexpr std::size_t kMostRoomsOfDomain = 4000;
// The most addresses of one source that never answered: that are probed in a run, and that are
// kept.
// Kept ones count for the first source that names them.
inline constexpr std::size_t kMostUnansweredOfSource = 1000;
inline constexpr int kDaysOfAnswers = 30;
inline constexpr int kDaysOfUsers = 100;  // 90, and a gap in the crawl

// The observations in a server record of any stage: the one of a probe, or those from which a line
// of a listing was made. Adds the probe at probe.at to the history; adding it twice changes
// nothing. A record of a server that was not probed holds none. Throws BadLine.
std::vector<Server> observations_of(Server record);

// The public key of an observation; "" if the address showed none.
const std::string& key_of(const Server& observation);

// The host that the key holder names in prints_url, if it can be the server's own: a public name or
// address, but not a name for documentation (example.net is the default of a server without
// configuration). "" if there is none.
std::string own_host(const Server& observation);

// A time of an observation in seconds; `none` if it is absent.
UnixTime seconds_of(std::string_view time);
inline UnixTime seconds_of(const std::optional<std::string>& time, UnixTime none) {
  return time ? seconds_of(*time) : none;
}

// Nothing older than these times is kept.
struct Horizon {
  explicit Horizon(const Rules& rules);
  UnixTime gone;        // last answers, and probes at addresses that once answered
  UnixTime unanswered;  // when an address that never answered was asked or due last
  std::string gone_text, pages;
  std::string answers, users;  // days
};

// The same host with the other scheme, which a client may use for the same link; "" if the address
// names a port.
std::string twin_address(const std::string& base_url);

// Drops what is too old to be kept. Returns false if nothing is left.
//
// This and the forget_surplus_of_… of Observations are no merges. If old records of something
// forgotten come in later, it counts as new again.
bool forget(Server& observation, const Horizon& horizon);
