// Which addresses answered for another key before.
#pragma once

#include <array>
#include <vector>

#include "sightings.hpp"

class Rekeyed {
 public:
  explicit Rekeyed(const Sightings& sightings);

  // Whether a key other than that of the sighting was answered for at its address, or
  // at the other scheme of its host, before. Who never proved the key doesn't count
  // beside one who did.
  bool was(Sightings::Id sighting) const;

 private:
  // The two that answered first at an address: of two, one has another key.
  using Oldest = std::array<std::optional<Sightings::Id>, 2>;
  struct Address {
    Oldest all, proven;
  };
  bool was_at(Sightings::Range range, const Brief& sighting) const;
  void enter(Oldest& oldest, Sightings::Id id) const;

  const Sightings& sightings_;
  std::vector<Address> addresses_;  // by the first sighting there
};
