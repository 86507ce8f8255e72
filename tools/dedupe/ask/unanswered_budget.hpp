// Limits how many addresses that never answered are probed for one page, or one source with all
// its pages. So 20,000 dead links on a wiki page cost a run no more than the limit. Each run
// chooses other addresses, so that a new server on the same page gets its turn.
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

// Returns the addresses that are not probed this time, sorted. An address is probed if any page
// that names it has budget left, and its source too. `run` is the seed: equal runs choose equal
// addresses.
std::vector<std::string> over_budget(const std::vector<NamedAddress>& addresses,
                                     std::string_view run);
