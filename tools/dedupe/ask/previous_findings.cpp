#include "ask/previous_findings.hpp"

#include <algorithm>

#include "ask/candidate.hpp"
#include "crypto/hash.hpp"
#include "store/observation.hpp"
#include "url/join_url.hpp"

namespace {

// The addresses of an observation: its own, and the one that was probed.
std::vector<std::string> addresses_of(const Server& observation) {
  std::vector<std::string> addresses{observation.base_url};
  if (observation.asked_url && *observation.asked_url != observation.base_url)
    addresses.push_back(*observation.asked_url);
  return addresses;
}

// The base URL that the key holder names of itself, or "".
std::string own_address(const Server& observation) {
  if (!observation.key || !observation.key->proven_at || own_host(observation).empty()) return {};
  return parse_base_url(*observation.prints_url)->text();
}

}  // namespace

void PreviousFindings::add(const Server& listed) {
  std::vector<const Server*> observations;
  for (const Server& observation : listed.observations) observations.push_back(&observation);
  if (observations.empty()) observations.push_back(&listed);
  const bool is_asked_again =
      std::any_of(observations.begin(), observations.end(), [&](const Server* observation) {
        const auto addresses = addresses_of(*observation);
        return std::any_of(addresses.begin(), addresses.end(),
                           [&](const std::string& url) { return candidates_.find(url); });
      });
  for (const Server* observation : observations) add_address(*observation, is_asked_again);
}

void PreviousFindings::add(const ListingEnd& end) {
  seed_ = sha256_hex(seed_ + end.at.value_or(""));
}

void PreviousFindings::add_address(const Server& observation, bool is_asked_again) {
  const std::string own = own_address(observation);
  const std::vector<std::string> addresses = addresses_of(observation);
  const bool is_own = std::find(addresses.begin(), addresses.end(), own) != addresses.end();
  for (const std::string& url : addresses) {
    if (!candidates_.find(url) && !is_own) continue;
    found_out_[url].push_back(found_out(observation));
  }
  if (!observation.last_seen && observation.probe)
    seed_ = sha256_hex(seed_ + observation.base_url + std::to_string(observation.probe->seconds));
  for (const std::string& url : addresses) {
    asked_.insert(url);
    if (!observation.last_seen) continue;
    const std::string& since =
        observation.first_seen ? *observation.first_seen : *observation.last_seen;
    for (const std::string& address : {url, twin_address(url)}) {
      std::string& known = answered_since_.try_emplace(address, since).first->second;
      known = std::min(known, since);
    }
  }
  if (own.empty() || !is_asked_again) return;
  OwnAddress& known = own_addresses_[own];
  if (is_own || known.public_key.empty()) known = {observation.key->public_key, is_own};
}

std::vector<Server> PreviousFindings::own_addresses() const {
  std::vector<Server> candidates;
  for (const auto& [url, own] : own_addresses_) {
    if (candidates_.find(url) || (asked_.contains(url) && !own.is_proven)) continue;
    Server candidate;
    candidate.base_url = url;
    candidate.public_keys.emplace_back().public_key = own.public_key;
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

const std::string& PreviousFindings::answered_since(const std::string& base_url) const {
  static const std::string never;
  const auto at = answered_since_.find(base_url);
  return at == answered_since_.end() ? never : at->second;
}

void PreviousFindings::tell(Server& candidate) const {
  if (const auto known = found_out_.find(candidate.base_url); known != found_out_.end())
    for (const Server& server : known->second) remember(candidate, server);
}
