// Builds the record of a server from the observations of its cluster (clusters.hpp).
#pragma once

#include <vector>

#include "store/observation.hpp"

// The observations of a cluster, by address.
struct Sources {
  std::vector<Server> members, unanswered;
};

// The addresses whose answers count. Once one address has proved the key, only proven
// addresses count, and each only until its last proof is older than the newest one by
// more than the grace. Of a server that never proved its key, an address counts until
// its last answer is that much older than the newest one.
struct AuthoritativeAddresses {
  std::vector<const Server*> present;  // the address to print first (address.hpp)
  std::vector<const Server*> past;     // counted until their last proof or answer
};

AuthoritativeAddresses authoritative_addresses(const Sources& sources, const Rules& rules);

// The hosts that people list with the key.
const Hosts& peoples_hosts(const Sources& sources, const Rules& rules);

// The record of an address that never answered: the claims about it.
Server build_claim(const Sources& sources);

// The record without the members that depend on other servers (server_id, copy_of, flags).
Server build_server(Sources sources, const Rules& rules);
