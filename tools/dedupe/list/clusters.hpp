// Who is who: the observations of one public key, sorted into servers.
//
// Two of them are one server when both addresses proved the key, or when they
// show a room of the same token and creation time (unless one of the two was
// refuted and never proved it). Of several such servers of one key, one holds
// it: the one that proved it, else the one that answered first; the others are
// claims, and are not listed.
//
// A server has kMostAddresses at most: those that proved the key before those that
// did not, the longest known first. More are claims like those of others.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "store/observations.hpp"

inline constexpr std::size_t kMostAddresses = 32;  // its record must be a line that can be read

struct Cluster {
  std::vector<Observations::Id> members;     // never empty
  std::vector<Observations::Id> unanswered;  // that found nobody at its addresses, or no key
  bool holds_key = false;
};

// The same host under the other scheme, which the same link may lead to; "" where
// a port is named.
std::string twin_address(const std::string& base_url);

// `ids`: the observations of one key, in their order.
std::vector<Cluster> clusters_of(const Observations& observations,
                                 std::span<const Observations::Id> ids);
