// The names of a Community (design: Identity).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/server.hpp"

// 8 to 64 lower-case hex digits.
bool is_server_id(std::string_view text);

// HOST[:PORT] of a canonical base URL.
std::string_view host_port_of(std::string_view base_url);

// The identifiers that listings before this one used for a room of `server`:
//   TOKEN+ first 4 hex digits of the key
//   TOKEN+ the same 4 and the first 4 of the MD5 of HOST[:PORT], for its printed address and 7
//   more that are shown, the longest known: relays add no name for each of them
// None when its key is not known.
std::vector<std::string> older_identifiers(const Server& server, std::string_view token);

// The same for all other addresses: people may name the room by them, but
// they are never published.
std::vector<std::string> claimed_identifiers(const Server& server, std::string_view token);

// May `alias` be shown as an address of `server`? If the server ever proved its key, only an
// address that also proved it: anybody can copy a key and a list and claim to be this server.
bool is_shown(const Server& server, const Alias& alias);
