// When a server or a room was there: gone, and back again.
#pragma once

#include <optional>
#include <string>

#include "store/observation.hpp"

// When a server went out of the listing: at the end of the grace after its last
// answer, or when it was found to have another key than the one it had proved.
std::optional<std::string> gone_since(const Server& server, const Rules& rules);

// The same for one of its rooms. A room that its server leaves out of its
// answers in three different hours is gone with the third; a room that nobody
// has answered for since is gone with the end of the grace.
std::optional<std::string> gone_since(const Server& server, const Room& room, const Rules& rules);

// The day on which a room came back after having been away for longer than the
// grace, as the midnight that began it; nothing if it never did in the days that
// are kept.
std::optional<std::string> returned_on(const Room& room, const Rules& rules);
