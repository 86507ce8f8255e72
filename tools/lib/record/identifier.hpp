// The names of a Community (design: Identity).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/server.hpp"

// HOST[:PORT] of a canonical base URL.
std::string_view host_port_of(std::string_view base_url);

// The identifiers that listings before this one used for a room of `server`:
//   TOKEN+ first 4 hex digits of the key
//   TOKEN+ the same 4 and the first 4 of the MD5 of HOST[:PORT], for every address
// None when its key is not known.
std::vector<std::string> older_identifiers(const Server& server, std::string_view token);
