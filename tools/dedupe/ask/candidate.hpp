// dedupe --by=url: join links and known servers become candidates, one `server` record an
// address, with every claim made about it.
#pragma once

#include <map>
#include <string>

#include "record/join.hpp"
#include "record/server.hpp"

// What a link claims: this address has this key and this room. Throws BadLine.
Server candidate_of(Join join);

// The claims in a server record of any stage, one candidate for each of its addresses. Its
// answers are left out, but not when it was asked last, from which probe-servers finds out
// when to ask again. Throws BadLine.
std::vector<Server> candidates_of(const Server& server);

// What an observation tells about its address: when it was asked, which keys it did not
// answer to, its key, and the rooms of a server without a room list.
Server found_out(const Server& server);

// Adds to the candidate what was found out at its address. It adds no claim but that of a
// proven key, so that what all pages dropped is forgotten.
void remember(Server& candidate, const Server& found_out);
