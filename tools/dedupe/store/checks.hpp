// Checks what the merge relies on: canonical addresses and keys, valid tokens, times that can be
// compared as text, unknown members that are not nested too deep.
#pragma once

#include "record/join.hpp"
#include "record/server.hpp"

// Puts base URLs and keys into their canonical form. Throws BadLine with the path of a bad
// member.
void check(Join& join);
void check(Server& server);
