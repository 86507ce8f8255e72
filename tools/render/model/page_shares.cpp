#include "model/page_shares.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "base/budget.hpp"

void PageShares::add(const std::string& name, std::uint32_t server, Weight weight) {
  Weight& known = uses_[name][server];
  known = std::max(known, weight);
}

std::set<std::string> PageShares::names() const {
  struct Use {
    bool is_curated;
    std::size_t servers;
    const std::string* name;
  };
  std::vector<Use> by_use;
  for (const auto& [name, servers] : uses_) {
    const bool is_curated = std::any_of(servers.begin(), servers.end(),
                                        [](const auto& use) { return use.second == curated; });
    by_use.push_back({is_curated, servers.size(), &name});
  }
  std::sort(by_use.begin(), by_use.end(), [](const Use& a, const Use& b) {
    return std::make_tuple(b.is_curated, b.servers, std::cref(*a.name)) <
           std::make_tuple(a.is_curated, a.servers, std::cref(*b.name));
  });
  Budget<std::uint32_t> shares{most_of_server_};
  std::set<std::string> names;
  for (const Use& use : by_use) {
    if (names.size() == most_) break;
    int votes = 0;
    for (const auto& [server, weight] : uses_.at(*use.name))
      if (weight == curated || shares.take(server)) votes += weight;
    if (votes >= 2) names.insert(*use.name);
  }
  return names;
}
