#include "model/page_shares.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "base/budget.hpp"

void PageShares::add(const std::string& name, Holders holders, Weight weight) {
  Vote& known = uses_[name].try_emplace(holders.server, Vote{holders.domain, weight}).first->second;
  known.weight = std::max(known.weight, weight);
}

std::set<std::string> PageShares::names() const {
  struct Use {
    bool is_curated;
    std::size_t servers;
    const std::string* name;
  };
  std::vector<Use> by_use;
  for (const auto& [name, servers] : uses_) {
    const bool is_curated = std::any_of(servers.begin(), servers.end(), [](const auto& use) {
      return use.second.weight == curated;
    });
    by_use.push_back({is_curated, servers.size(), &name});
  }
  std::sort(by_use.begin(), by_use.end(), [](const Use& a, const Use& b) {
    return std::make_tuple(b.is_curated, b.servers, std::cref(*a.name)) <
           std::make_tuple(a.is_curated, a.servers, std::cref(*b.name));
  });
  Budget<std::uint32_t> shares{most_of_domain_};
  std::set<std::string> names;
  for (const Use& use : by_use) {
    if (names.size() == most_) break;
    int votes = 0;
    std::set<std::uint32_t> paid;  // domains, each once for a name
    for (const auto& [server, vote] : uses_.at(*use.name)) {
      const bool counts = vote.weight == curated || paid.contains(vote.domain) ||
                          (shares.take(vote.domain) && paid.insert(vote.domain).second);
      if (counts) votes += vote.weight;
    }
    if (votes >= 2) names.insert(*use.name);
  }
  return names;
}
