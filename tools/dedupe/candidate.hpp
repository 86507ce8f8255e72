// dedupe --by=url: whom to ask. Join links and servers that are known become
// one `server` candidate an address, with every claim made about it.
#pragma once

#include <map>
#include <string>

#include "record/join.hpp"
#include "record/server.hpp"

// A link is a claim: this address, this key, this room. Throws BadLine.
Server candidate_of(Join join);

// What is known of a server, of whatever stage, as a claim to ask about again:
// one candidate for each of its addresses. What it answered is left out, but not
// when it was asked last (probe-servers: when to ask again). Throws BadLine.
std::vector<Server> candidates_of(const Server& server);

// What was found out at an address: when it was asked, which keys it did not answer to,
// the key that it proved, or was taken to have, and the rooms of a server without a list.
Server found_out(const Server& server);

// Reminds the candidate of the same address. No claim comes of it but of a key that was
// proven, or nobody whom all pages have dropped would ever be forgotten.
void remember(Server& candidate, const Server& found_out);
