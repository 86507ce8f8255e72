// Explains an entry of the listing: which observations it was made from, and which rule
// decided about its address, its key and its rooms.
#pragma once

#include <string>
#include <string_view>

#include "list/listing.hpp"

// `what` is the identifier of a room (TOKEN+ and 4 or more digits of the key), a
// server id or key (8 or more digits), a base URL, a HOST[:PORT] or a join URL.
// Returns lines for people. Throws Failure for a name that is not in the listing.
std::string explain(const Listing& listing, std::string_view what);
