// dedupe --by=key: a observation is what one address showed of one key, over time.
// It is all the memory there is: the listing is made from the observations alone,
// anew each time, and says nothing that could not be found from them again. So
//   dedupe(A and B) = dedupe(dedupe(A) and dedupe(B))
// holds for everything in the listing because it holds for observations (merge.hpp).
//
// A Server is used for it, with these members: base_url, key, public_keys,
// probe, capabilities, prints_url, rooms (with first_seen, last_seen, users),
// room_hints, found_on, first_seen, last_seen, answers, note.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "record/server.hpp"

// What the listing depends on beside the records.
struct Rules {
  UnixTime now = 0;            // the newest probe of the input, or --now
  UnixTime grace = 3 * 86400;  // how long a silent server stays listed
};

inline constexpr UnixTime kDay = 86400;
inline constexpr UnixTime kGoneKept = 90 * kDay;  // after the grace
inline constexpr UnixTime kPagesKept = 90 * kDay;
inline constexpr int kDaysOfAnswers = 30;
inline constexpr int kDaysOfUsers = 90;

// The observations in a server record of any stage: the one a probe made, or those
// that a line of a listing was made from. What was asked and answered at
// probe.at is entered into the history; doing so twice changes nothing. None in a
// record of a server that was not asked: it has shown nothing. Throws BadLine.
std::vector<Server> observations_of(Server record);

// The public key of a observation; "" if the address showed none.
const std::string& key_of(const Server& observation);

// A time of a observation, in seconds; `none` where there is none.
UnixTime seconds_of(std::string_view time);
inline UnixTime seconds_of(const std::optional<std::string>& time, UnixTime none) {
  return time ? seconds_of(*time) : none;
}

// What is older than these is not kept.
struct Horizon {
  explicit Horizon(const Rules& rules);
  UnixTime gone;               // of who doesn't answer any more
  std::string gone_text;       // the same
  std::string pages;           // a time, as are all above
  std::string answers, users;  // days
};

// Drops what is older than is kept. False: nothing is left.
//
// Forgetting is the one thing here that is not a merge: older records that come
// in later, of something that was forgotten meanwhile, make it new again.
bool forget(Server& observation, const Horizon& horizon);
