// When servers and rooms went out of the listing, and came back.
#pragma once

#include <optional>
#include <string>

#include "store/observation.hpp"

// When a server went out of the listing: at the end of the grace after its last answer, or
// when it was found to have another key than the one that it had proved.
std::optional<std::string> gone_since(const Server& server, const Rules& rules);

// The same for one of its rooms. A room that its server leaves out of its answers in three
// different hours is gone with the third; otherwise it is gone at the end of the grace after
// the last answer with it.
std::optional<std::string> gone_since(const Server& server, const Room& room, const Rules& rules);

// The day, as its first midnight, on which a room came back after more than the grace. Nothing
// if it did not come back in the days that are kept.
std::optional<std::string> returned_on(const Room& room, const Rules& rules);
