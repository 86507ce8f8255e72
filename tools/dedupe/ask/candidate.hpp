// dedupe --by=url: turns join links and known servers into candidates: one `server` record for each
// address, with all claims about it.
#pragma once

#include "record/join.hpp"
#include "record/server.hpp"

// What a link claims: this address has this key and this room. Throws BadLine.
Server candidate_of(Join join);

// The claims in a server record of any stage, one candidate for each of its addresses. Its answers
// are left out, except the time of its last probe, which decides when to probe again. Throws
// BadLine.
std::vector<Server> candidates_of(const Server& server);

// What an observation tells about its address: when it was probed, which keys it refused, its key,
// and the rooms of a server without a room list.
Server found_out(const Server& server);

// Adds to the candidate what was found out at its address. The only claim that it adds is a proven
// key, so that claims which no page makes any more are forgotten.
void remember(Server& candidate, const Server& found_out);
