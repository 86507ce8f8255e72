#include "list/rekeyed.hpp"

Rekeyed::Rekeyed(const Observations& observations)
    : observations_{observations}, addresses_(observations.size()) {
  for (Observations::Id id = 0; id < observations.size(); ++id) {
    if (!observations[id].has_answered() ||
        observations[id].first_seen == ObservationSummary::kNever)
      continue;
    Address& address = addresses_[observations.at_address_of(id).first];
    enter(address.all, id);
    if (observations[id].is_proven()) enter(address.proven, id);
  }
}

void Rekeyed::enter(Oldest& oldest, Observations::Id id) const {
  const auto is_older = [&](const std::optional<Observations::Id>& than) {
    return !than || observations_[id].first_seen < observations_[*than].first_seen;
  };
  if (is_older(oldest[0]))
    oldest = {id, oldest[0]};
  else if (is_older(oldest[1]))
    oldest[1] = id;
}

bool Rekeyed::was_at(Observations::Range range, const ObservationSummary& observation) const {
  if (range.first == range.last) return false;
  const Address& address = addresses_[range.first];
  for (const auto& other : observation.is_proven() ? address.proven : address.all)
    if (other && observations_[*other].public_key() != observation.public_key() &&
        observations_[*other].first_seen < observation.first_seen)
      return true;
  return false;
}

bool Rekeyed::was(Observations::Id id) const {
  const ObservationSummary& observation = observations_[id];
  return observation.first_seen != ObservationSummary::kNever &&
         (was_at(observations_.at_address_of(id), observation) ||
          was_at(observations_.at_address(twin_address(observations_.base_url(id))), observation));
}
