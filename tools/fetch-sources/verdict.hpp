// What an answer to a request for a page is worth. No network, no clock, no disk.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "copies.hpp"
#include "http/client.hpp"

struct Verdict {
  enum Worth {
    good,       // a fresh page, in `body`
    unchanged,  // the copy is still what the web has
    later,      // nothing now; another try may help
    hopeless    // nothing, and no try would help
  };
  Worth worth = good;
  std::string error;                // "" for good and unchanged; else "word: details"
  std::optional<double> come_back;  // later: the seconds that the server asked for
  std::string media_type, body;     // of a good one; the body in UTF-8
};

// `copy` is the last good copy or null; `now` is for dates and for the age of the copy.
//
// A page that has shrunk to nothing is not taken for good: one that holds only white
// space, or less than a twentieth of its copy. After a week of that it is taken at
// its word.
Verdict judge(const HttpAnswer& answer, const Copy* copy, UnixTime now);

// The pause before try number `tries + 1`: `first`, doubled each time, and spread by
// `chance` (0 to 1) from half to one and a half of that.
double pause_after(int tries, double first, double chance);
