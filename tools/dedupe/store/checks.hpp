// What the merge relies on in a record of ours: canonical addresses and keys,
// tokens that are tokens, times that compare as text.
#pragma once

#include "record/join.hpp"
#include "record/server.hpp"

// Puts base URLs and keys into their canonical form; throws BadLine, with the
// path of the member, for what can't be.
void check(Join& join);
void check(Server& server);
