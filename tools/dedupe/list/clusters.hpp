// Record linkage: sorts the observations of one public key into servers, each a cluster.
//
// Two observations are one server if both addresses proved the key, or if they show a room with
// the same token and creation time (unless one of the two was refuted and never proved the key).
// If a key has several such servers, one of them holds the key: the one that proved it, else the
// one that answered first. The others are claims, and are not listed.
//
// A server has at most kMostAddresses, and kMostBytes of observations. First come addresses that
// proved the key, those on a host that the key holder names before the others, so that relays
// can't displace the server itself; then the longest known. The rest count as claims.
#pragma once

#include <span>
#include <vector>

#include "store/observations.hpp"

// These keep the record of a server short enough to be read.
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
