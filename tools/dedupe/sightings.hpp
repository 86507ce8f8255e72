// All sightings, merged: one for each address and key.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sighting.hpp"

class Sightings {
 public:
  using Id = std::uint32_t;

  void add(Server sighting);

  // The newest time at which anything was asked; nothing if nothing was.
  std::optional<UnixTime> newest_probe() const;

  // Once all are added: drops what is older than is kept.
  void forget(const Rules& rules);

  Id size() const { return static_cast<Id>(all_.size()); }
  const Server& operator[](Id id) const { return all_[id]; }

 private:
  std::map<std::pair<std::string, std::string>, Id> ids_;  // base URL, public key or ""
  std::vector<Server> all_;
};
