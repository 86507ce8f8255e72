// Limits how many addresses a page, or a source with all its pages, can have asked that
// never answered. Whoever writes 20,000 dead links on a wiki page costs a run no more than
// the limit, and does not crowd out for good a new server on the same page: which addresses
// are asked differs from run to run.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "record/join.hpp"

inline constexpr std::size_t kMostUnansweredOfPage = 300;
inline constexpr std::size_t kMostUnansweredOfSource = 1000;

// An address that never answered, and the pages that name it.
struct NamedAddress {
  std::string base_url;
  std::vector<FoundOn> found_on;
};

// Returns the addresses that are not to be asked this time, sorted. One is asked if any page
// that names it has not used up its own budget and its source's. `run` names the run: equal
// runs choose equal addresses.
std::vector<std::string> over_budget(const std::vector<NamedAddress>& addresses,
                                     std::string_view run);
