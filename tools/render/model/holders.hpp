// Who uses something that all share: a server, and the domain that its servers belong to. Keys and
// names under a domain cost nothing, so whoever has one can run any number of servers.
#pragma once

#include <cstdint>

struct Holders {
  std::uint32_t server, domain;  // the same number for the same one
};
