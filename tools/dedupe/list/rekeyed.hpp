// Finds addresses that answered for another key before.
#pragma once

#include <array>
#include <vector>

#include "store/observations.hpp"

class Rekeyed {
 public:
  explicit Rekeyed(const Observations& observations);

  // Whether the observation's address, or its twin under the other scheme, answered for
  // another key before. If the observation proved its key, only proven keys count.
  bool was(Observations::Id observation) const;

 private:
  // The two oldest observations of an address, with different keys: at least one of them has
  // another key than any third observation.
  using Oldest = std::array<std::optional<Observations::Id>, 2>;
  struct Address {
    Oldest all, proven;
  };
  bool was_at(Observations::Range range, const ObservationSummary& observation) const;
  void enter(Oldest& oldest, Observations::Id id) const;

  const Observations& observations_;
  std::vector<Address> addresses_;  // by the first observation there
};
