// Limits how many addresses are probed for one domain, and how many that never answered for one
// page, or one source with all its pages. So neither 20,000 dead links on a wiki page nor a domain
// with any number of names below it costs a run more than the limit. Each run chooses other
// addresses of those that never answered, so that a new server on the same page gets its turn.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "record/join.hpp"

inline constexpr std::size_t kMostUnansweredOfPage = 300;
// Of the places of a domain (kMostOfDomain): those that its addresses with an answer leave free.
inline constexpr std::size_t kUnansweredOfDomain = 16;

struct NamedAddress {
  std::string base_url;
  std::vector<FoundOn> found_on;  // the pages that name it; only used if it never answered; with
                                  // none, only its domain has a budget
  std::string answered_since;     // "": it never answered
};

// Returns the addresses that are not probed this time, sorted. An address that never answered is
// probed if any page that names it has budget left, its source too, and its domain
// (kMostOfDomain). Of those that answered, the longest known of each domain are probed. `run` is
// the seed: equal runs choose equal addresses.
std::vector<std::string> over_budget(const std::vector<NamedAddress>& addresses,
                                     std::string_view run);
