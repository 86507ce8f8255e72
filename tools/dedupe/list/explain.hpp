// The answer to: which observations made this, why this address, why this key,
// since when?
#pragma once

#include <string>
#include <string_view>

#include "list/listing.hpp"

// `what` is the identifier of a room (TOKEN+ and 4 or more digits of the key), a
// server id or key (8 or more digits), a base URL, a HOST[:PORT] or a join URL.
// Lines for people. Throws Failure when nothing here is called so.
std::string explain(const Listing& listing, std::string_view what);
