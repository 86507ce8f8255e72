// Who is who: the sightings of one public key, sorted into servers.
//
// Two of them are one server when both addresses proved the key, or when they
// show a room of the same token and creation time (unless one of the two was
// refuted and never proved it). Of several such servers of one key, one holds
// it: the one that proved it, else the one that answered first; the others are
// claims, and are not listed.
#pragma once

#include <vector>

#include "record/server.hpp"

struct Persona {
  std::vector<const Server*> members;  // sightings, by address; never empty
  std::vector<const Server*> askings;  // that found nobody at its addresses, or no key
  bool holds_key = false;
};

// The same host under the other scheme, which the same link may lead to; "" where
// a port is named.
std::string twin_address(const std::string& base_url);

// `sightings`: of one key, by address.
std::vector<Persona> personas_of(const std::vector<const Server*>& sightings);

// What tells a room from all others: its token and when it was made; "" where
// that is not known.
std::string fingerprint(const Room& room);
