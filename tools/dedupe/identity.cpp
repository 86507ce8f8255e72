#include "identity.hpp"

#include <charconv>
#include <map>
#include <numeric>
#include <tuple>

namespace {

bool is_refuted(const Server& sighting) {
  return sighting.key->status == "refuted" && !sighting.key->proven_at;
}

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
auto claim_to_key(const Persona& persona) {
  bool proven = false, answered = false;
  std::string since = "~";  // after all times
  for (const Server* member : persona.members) {
    proven = proven || member->key->proven_at;
    if (is_refuted(*member) || !member->first_seen) continue;
    answered = true;
    since = std::min(since, *member->first_seen);
  }
  return std::tuple{!proven, !answered, since, persona.members.front()->base_url};
}

}  // namespace

std::string twin_address(const std::string& base_url) {
  const auto host = base_url.find("//") + 2;
  if (base_url.find(':', std::max(host, base_url.find(']') + 1)) != std::string::npos) return {};
  return (base_url.starts_with("https:") ? "http://" : "https://") + base_url.substr(host);
}

std::string fingerprint(const Room& room) {
  if (!room.created || *room.created <= 0) return {};
  char text[32];
  return (room.token + "@")
      .append(text, std::to_chars(text, text + sizeof text, *room.created).ptr);
}

std::vector<Persona> personas_of(const std::vector<const Server*>& sightings) {
  Groups groups{sightings.size()};
  std::map<std::string, std::size_t> seen;
  std::optional<std::size_t> prover;
  for (std::size_t i = 0; i < sightings.size() && sightings.size() > 1; ++i) {
    if (sightings[i]->key->proven_at) {
      if (prover) groups.join(*prover, i);
      prover = i;
    }
    if (is_refuted(*sightings[i])) continue;
    for (const Room& room : sightings[i]->rooms)
      if (std::string print = fingerprint(room); !print.empty())
        if (const auto [first, is_new] = seen.try_emplace(std::move(print), i); !is_new)
          groups.join(first->second, i);
  }
  std::map<std::size_t, Persona> by_leader;
  for (std::size_t i = 0; i < sightings.size(); ++i)
    by_leader[groups.leader(i)].members.push_back(sightings[i]);

  std::vector<Persona> personas;
  for (auto& [leader, persona] : by_leader) personas.push_back(std::move(persona));
  const auto best = std::min_element(
      personas.begin(), personas.end(),
      [](const Persona& a, const Persona& b) { return claim_to_key(a) < claim_to_key(b); });
  const auto [unproven, silent, since, address] = claim_to_key(*best);
  best->holds_key = !silent || !unproven;
  return personas;
}
