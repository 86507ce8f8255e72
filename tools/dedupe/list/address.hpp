// Chooses the address of a server to print. The first rule in which two addresses differ decides:
//   1. the address was not found to have another key
//   2. its host is the one that the key holder named in the newest proof
//   3. its host is the one that people list with this key
//   4. it answered for this key within a day before the server's last answer
//   5. its host is known longest: a relay that appears later never replaces it
//   6. https
//   7. a name, not an IP address
//   8. it is known longest
//   9. the smaller text
// A host is named in a proof only if it is public and one of the addresses is on it.
#pragma once

#include <string_view>
#include <vector>

#include "record/server.hpp"
#include "store/vouched.hpp"

std::string host_of(const Server& observation);

// Puts the address to print first. All are addresses of one server.
void sort_by_address(std::vector<const Server*>& observations, const Hosts& peoples_hosts);

// Why the first of the sorted `observations` is printed and not `other`: a clause in English.
std::string_view why_not(const std::vector<const Server*>& observations, const Server& other,
                         const Hosts& peoples_hosts);
// Why the first of them is printed: a clause in English.
std::string_view why_printed(const std::vector<const Server*>& observations,
                             const Hosts& peoples_hosts);
