// Which servers copy others, and which names look like those of trusted Communities.
#include <algorithm>

#include "model/site_model_builder.hpp"
#include "record/identifier.hpp"
#include "record/people.hpp"
#include "text/fold.hpp"

// Communities on a copy of a server that hides them there, or on its host, with another key than
// before: a host that changes its key is no copy of itself.
void SiteModelBuilder::count_copies_of_hidden(const Host& host) {
  if (host.is_vouched_for) return;
  const std::string at{without_port(host_port_of(host.base_url))};
  for (const std::string& identifier : host.identifiers) {
    const std::string token = fold_case(identifier.substr(0, identifier.rfind('+')));
    if (hidden_.contains({host.copy_of, token}) ||
        (host.has_changed_key && hidden_at_.contains({at, token})))
      model_.copies_of_hidden.push_back(identifier);
  }
}

// Finds which server copies which. A server that people vouch for is the original, even if it was
// found later.
void SiteModelBuilder::find_copies() {
  std::map<std::string, const Host*> by_id;
  for (const Host& host : hosts_) by_id.emplace(host.id, &host);
  const auto add = [&](const std::string& copy, const std::string& original) {
    const auto found = model_.hosts.find(original);
    model_.copies[copy] = {original, found == model_.hosts.end() ? "" : found->second};
  };
  for (const Host& host : hosts_) {
    count_copies_of_hidden(host);
    if (host.copy_of.empty()) continue;
    const auto original = by_id.find(host.copy_of);
    if (!host.is_vouched_for) {
      add(host.id, host.copy_of);
    } else if (original != by_id.end() && !original->second->is_vouched_for) {
      add(host.copy_of, host.id);
    }
  }
  PeopleSum people;
  for (const Host& host : hosts_) {
    if (model_.copies.contains(host.id)) continue;
    people.add(host.base_url, host.weekly_users);
    model_.proven += host.proven;
    for (const UnixTime seen : host.news) model_.is_new += model_.is_news(seen);
  }
  model_.weekly_users = people.total();
  for (auto* entries : {&communities_, &adult_})
    for (Entry& entry : *entries)
      entry.is_copy = model_.copies.contains(hosts_[entry.holders.server].id);
  model_.originals = std::count_if(communities_.begin(), communities_.end(),
                                   [](const Entry& entry) { return !entry.is_copy; });
}

// Finds names that look like the name of an official or pinned Community of another server.
void SiteModelBuilder::find_imitations() {
  struct Trusted {
    std::string skeleton;
    std::uint32_t server;
    SiteModel::Imitated imitated;
  };
  std::multimap<std::uint64_t, Trusted> trusted;
  CommunityReader communities{model_};
  for (const Entry& entry : communities_)
    if ((entry.pinned || entry.official) && !entry.is_copy) {
      const Community& community = communities.read_row(entry.slot);
      std::string skeleton = knowledge_.skeleton_of_name(community.name);
      if (!skeleton.empty())
        trusted.emplace(entry.skeleton, Trusted{std::move(skeleton),
                                                entry.holders.server,
                                                {community.identifier, community.name}});
    }
  if (trusted.empty()) return;
  for (const auto* entries : {&communities_, &adult_})
    for (const Entry& entry : *entries) {
      if (entry.pinned || entry.official || entry.is_copy) continue;
      const auto [begin, end] = trusted.equal_range(entry.skeleton);
      for (auto one = begin; one != end; ++one) {
        if (one->second.server == entry.holders.server) continue;
        const Community& community = communities.read_row(entry.slot);
        if (knowledge_.skeleton_of_name(community.name) != one->second.skeleton) continue;
        model_.imitations.emplace(community.identifier, one->second.imitated);
        break;
      }
    }
}
