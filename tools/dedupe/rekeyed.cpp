#include "rekeyed.hpp"

#include "identity.hpp"

Rekeyed::Rekeyed(const Sightings& sightings) : sightings_{sightings}, addresses_(sightings.size()) {
  for (Sightings::Id id = 0; id < sightings.size(); ++id) {
    if (!sightings[id].has_answered() || sightings[id].first_seen == Brief::kNever) continue;
    Address& address = addresses_[sightings.at_address_of(id).first];
    enter(address.all, id);
    if (sightings[id].is_proven()) enter(address.proven, id);
  }
}

void Rekeyed::enter(Oldest& oldest, Sightings::Id id) const {
  const auto is_older = [&](const std::optional<Sightings::Id>& than) {
    return !than || sightings_[id].first_seen < sightings_[*than].first_seen;
  };
  if (is_older(oldest[0]))
    oldest = {id, oldest[0]};
  else if (is_older(oldest[1]))
    oldest[1] = id;
}

bool Rekeyed::was_at(Sightings::Range range, const Brief& sighting) const {
  if (range.first == range.last) return false;
  const Address& address = addresses_[range.first];
  for (const auto& other : sighting.is_proven() ? address.proven : address.all)
    if (other && sightings_[*other].public_key() != sighting.public_key() &&
        sightings_[*other].first_seen < sighting.first_seen)
      return true;
  return false;
}

bool Rekeyed::was(Sightings::Id id) const {
  const Brief& sighting = sightings_[id];
  return sighting.first_seen != Brief::kNever &&
         (was_at(sightings_.at_address_of(id), sighting) ||
          was_at(sightings_.at_address(twin_address(sightings_.base_url(id))), sighting));
}
