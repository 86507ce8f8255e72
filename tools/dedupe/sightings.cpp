#include "sightings.hpp"

#include "merge.hpp"

void Sightings::add(Server sighting) {
  const auto [at, is_new] = ids_.try_emplace({sighting.base_url, key_of(sighting)}, size());
  if (is_new)
    all_.push_back(std::move(sighting));
  else
    join_sightings(all_[at->second], sighting);
}

std::optional<UnixTime> Sightings::newest_probe() const {
  std::optional<std::string> newest;
  for (const Server& sighting : all_)
    if (sighting.probe) join_most(newest, std::optional{sighting.probe->at});
  return newest ? parse_rfc3339(*newest) : std::nullopt;
}

void Sightings::forget(const Rules& rules) {
  ids_.clear();
  std::erase_if(all_, [&](Server& sighting) { return !::forget(sighting, rules); });
}
