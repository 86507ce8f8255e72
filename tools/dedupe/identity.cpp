#include "identity.hpp"

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
  void join(std::size_t a, std::size_t b) {
    const auto [low, high] = std::minmax({leader(a), leader(b)});
    leader_[high] = low;
  }

 private:
  std::vector<std::size_t> leader_;
};

// The smaller, the better its right to the key.
auto claim_to_key(const Sightings& sightings, const Persona& persona) {
  bool proven = false;
  UnixTime since = Brief::kNever;
  for (const Sightings::Id member : persona.members) {
    const Brief& sighting = sightings[member];
    proven = proven || sighting.is_proven();
    if (!sighting.is_refuted) since = std::min(since, sighting.first_seen);
  }
  return std::tuple{!proven, since, persona.members.front()};
}

void keep_best_addresses(const Sightings& sightings, std::vector<Sightings::Id>& members) {
  if (members.size() <= kMostAddresses) return;
  const auto rank = [&](Sightings::Id id) {
    return std::tuple{!sightings[id].is_proven(), sightings[id].is_refuted,
                      sightings[id].first_seen, id};
  };
  std::sort(members.begin(), members.end(),
            [&](Sightings::Id a, Sightings::Id b) { return rank(a) < rank(b); });
  members.resize(kMostAddresses);
  std::sort(members.begin(), members.end());
}

}  // namespace

std::string twin_address(const std::string& base_url) {
  const auto host = base_url.find("//") + 2;
  if (base_url.find(':', std::max(host, base_url.find(']') + 1)) != std::string::npos) return {};
  return (base_url.starts_with("https:") ? "http://" : "https://") + base_url.substr(host);
}

std::vector<Persona> personas_of(const Sightings& sightings, std::span<const Sightings::Id> ids) {
  Groups groups{ids.size()};
  std::unordered_map<std::uint64_t, std::size_t> seen;
  std::optional<std::size_t> prover;
  for (std::size_t i = 0; i < ids.size() && ids.size() > 1; ++i) {
    if (sightings[ids[i]].is_proven()) {
      if (prover) groups.join(*prover, i);
      prover = i;
    }
    if (sightings[ids[i]].is_refuted) continue;
    for (const Print& print : sightings.prints(ids[i]))
      if (const auto [first, is_new] = seen.try_emplace(print.room, i); !is_new)
        groups.join(first->second, i);
  }
  std::map<std::size_t, Persona> by_leader;
  for (std::size_t i = 0; i < ids.size(); ++i)
    by_leader[groups.leader(i)].members.push_back(ids[i]);

  std::vector<Persona> personas;
  for (auto& [leader, persona] : by_leader) {
    keep_best_addresses(sightings, persona.members);
    personas.push_back(std::move(persona));
  }
  const auto best =
      std::min_element(personas.begin(), personas.end(), [&](const Persona& a, const Persona& b) {
        return claim_to_key(sightings, a) < claim_to_key(sightings, b);
      });
  const auto [unproven, since, first] = claim_to_key(sightings, *best);
  best->holds_key = since != Brief::kNever || !unproven;
  return personas;
}
