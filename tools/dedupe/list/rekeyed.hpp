// Which addresses answered for another key before.
#pragma once

#include <array>
#include <vector>

#include "store/observations.hpp"

class Rekeyed {
 public:
  explicit Rekeyed(const Observations& observations);

  // Whether a key other than that of the observation was answered for at its address, or
  // at the other scheme of its host, before. Who never proved the key doesn't count
  // beside one who did.
  bool was(Observations::Id observation) const;

 private:
  // The two that answered first at an address: of two, one has another key.
  using Oldest = std::array<std::optional<Observations::Id>, 2>;
  struct Address {
    Oldest all, proven;
  };
  bool was_at(Observations::Range range, const ObservationSummary& observation) const;
  void enter(Oldest& oldest, Observations::Id id) const;

  const Observations& observations_;
  std::vector<Address> addresses_;  // by the first observation there
};
