#include "list/clusters.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace {

class Groups {
 public:
  explicit Groups(std::size_t size) : leader_(size) {
    std::iota(leader_.begin(), leader_.end(), std::size_t{0});
  }
  std::size_t leader(std::size_t i) {
    while (leader_[i] != i) i = leader_[i] = leader_[leader_[i]];
    return i;
  }
  // The first member leads, so that groups come out in the order of the addresses.
  void unite(std::size_t a, std::size_t b) {
    const auto [low, high] = std::minmax({leader(a), leader(b)});
    leader_[high] = low;
  }

 private:
  std::vector<std::size_t> leader_;
};

// The cluster with the smallest value holds the key.
auto claim_to_key(const Observations& observations, const Cluster& cluster) {
  bool proven = false;
  UnixTime since = ObservationSummary::kNever;
  for (const Observations::Id member : cluster.members) {
    const ObservationSummary& observation = observations[member];
    proven = proven || observation.is_proven();
    if (!observation.is_refuted) since = std::min(since, observation.first_seen);
  }
  return std::tuple{!proven, since, cluster.members.front()};
}

// Drops the addresses above the limits.
void drop_surplus(const Observations& observations, std::vector<Observations::Id>& members) {
  // Of several hosts that the key holder named, the one of the last answer.
  const auto rank = [&](Observations::Id id) {
    const ObservationSummary& address = observations[id];
    return std::tuple{!address.is_proven(), address.is_refuted, !address.is_on_own_host,
                      address.is_on_own_host ? -address.last_seen : address.first_seen, id};
  };
  if (members.size() == 1) return;
  std::sort(members.begin(), members.end(),
            [&](Observations::Id a, Observations::Id b) { return rank(a) < rank(b); });
  std::size_t kept = 1;
  for (std::size_t bytes = 0; kept < std::min(members.size(), kMostAddresses); ++kept)
    if ((bytes += observations.bytes(members[kept])) > kMostBytes) break;
  members.resize(kept);
  std::sort(members.begin(), members.end());
}

}  // namespace

std::vector<Cluster> clusters_of(const Observations& observations,
                                 std::span<const Observations::Id> ids) {
  Groups groups{ids.size()};
  std::unordered_map<std::uint64_t, std::size_t> seen;
  std::optional<std::size_t> prover;
  for (std::size_t i = 0; i < ids.size() && ids.size() > 1; ++i) {
    if (observations[ids[i]].is_proven()) {
      if (prover) groups.unite(*prover, i);
      prover = i;
    }
    if (observations[ids[i]].is_refuted) continue;
    for (const RoomFingerprint& shown : observations.fingerprints(ids[i]))
      if (const auto [first, is_new] = seen.try_emplace(shown.room, i); !is_new)
        groups.unite(first->second, i);
  }
  std::map<std::size_t, Cluster> by_leader;
  for (std::size_t i = 0; i < ids.size(); ++i)
    by_leader[groups.leader(i)].members.push_back(ids[i]);

  std::vector<Cluster> clusters;
  for (auto& [leader, cluster] : by_leader) {
    drop_surplus(observations, cluster.members);
    clusters.push_back(std::move(cluster));
  }
  const auto best =
      std::min_element(clusters.begin(), clusters.end(), [&](const Cluster& a, const Cluster& b) {
        return claim_to_key(observations, a) < claim_to_key(observations, b);
      });
  const auto [unproven, since, first] = claim_to_key(observations, *best);
  best->holds_key = since != ObservationSummary::kNever || !unproven;
  return clusters;
}
