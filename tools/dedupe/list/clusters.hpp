// Record linkage: sorts the observations of one public key into servers, each a cluster.
//
// Two observations are one server when both addresses proved the key, or when they show a
// room of the same token and creation time (unless one of the two was refuted and never
// proved the key). Of several such servers of one key, one holds it: the one that proved
// it, else the one that answered first. The others are claims, and are not listed.
//
// A server has kMostAddresses and kMostBytes of observations at most. Addresses that proved the key
// come first, and of these the ones on a host that the key holder names, so that relays can't crowd
// out the server itself; then the longest known. What is left over counts as claims of others.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "store/observations.hpp"

// So that its record is a line that can be read.
inline constexpr std::size_t kMostAddresses = 32;
inline constexpr std::size_t kMostBytes = std::size_t{16} << 20;  // of all but the first

struct Cluster {
  std::vector<Observations::Id> members;     // never empty
  std::vector<Observations::Id> unanswered;  // probes of its addresses without an answer for a key
  bool holds_key = false;
};

// `ids`: the observations of one key, in their order.
std::vector<Cluster> clusters_of(const Observations& observations,
                                 std::span<const Observations::Id> ids);
