// How a server is shown: one record out of the sightings of a persona.
#pragma once

#include <string>
#include <vector>

#include "sighting.hpp"

// The sightings of a persona (identity.hpp), by address.
struct Evidence {
  std::vector<Server> members, askings;
};

// The addresses that speak for a server. An address that proved the key is only
// outspoken by one that proved it too; it speaks until its last proof is older
// than the newest one by more than the grace. Of a server that never proved
// its key, all do.
struct Voices {
  std::vector<const Server*> present;  // the address to print first (address.hpp)
  std::vector<const Server*> past;     // spoke until their last proof
};

Voices voices_of(const Evidence& evidence, const Rules& rules);

// The same of an address where nobody answered: what is claimed of it.
Server claim_of(const Evidence& evidence);

// The record without what takes all servers to know (server_id, copy_of, flags).
Server portrait_of(const Evidence& evidence, const Rules& rules);
