// How a server is shown: one record out of the observations of a cluster.
#pragma once

#include <string>
#include <vector>

#include "store/observation.hpp"

// The observations of a cluster (identity.hpp), by address.
struct Sources {
  std::vector<Server> members, unanswered;
};

// The addresses that speak for a server. An address that proved the key is only
// outspoken by one that proved it too; it speaks until its last proof is older
// than the newest one by more than the grace. Of a server that never proved
// its key, all do.
struct AuthoritativeAddresses {
  std::vector<const Server*> present;  // the address to print first (address.hpp)
  std::vector<const Server*> past;     // spoke until their last proof
};

AuthoritativeAddresses authoritative_addresses(const Sources& sources, const Rules& rules);

// The same of an address where nobody answered: what is claimed of it.
Server build_claim(const Sources& sources);

// The record without what takes all servers to know (server_id, copy_of, flags).
Server build_server(const Sources& sources, const Rules& rules);
