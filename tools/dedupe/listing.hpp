// dedupe --by=key: the listing, as it follows from the sightings.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sighting.hpp"

// All sightings, merged: at most one an address and key.
class Sightings {
 public:
  void add(Server sighting);
  void forget(const Rules& rules);
  // The newest time at which anything was asked; nothing if nothing was.
  std::optional<UnixTime> newest_probe() const;
  using Name = std::pair<std::string, std::string>;  // base URL, public key or ""
  const std::map<Name, Server>& all() const { return all_; }

 private:
  std::map<Name, Server> all_;
};

// Every server that is known, by address: those that hold a key with their
// server_id and their rooms' identifiers and links, those that went, and, without
// any of these, claims and addresses that showed no key.
//
// server_id is the first 8 hex digits of the key. Where two keys begin alike, it
// is that for the server known first, and for the newcomer as many digits as
// tell it from all others.
std::vector<Server> listing_of(const Sightings& sightings, const Rules& rules);

// A room is listed if it has an identifier and is not gone.
bool is_listed(const Room& room);
