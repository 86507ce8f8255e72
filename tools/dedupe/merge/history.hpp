// When servers and rooms left the listing, and when they came back.
#pragma once

#include <optional>
#include <string>

#include "store/observation.hpp"

// When a server left the listing: at the end of the grace after its last answer, or when it was
// found to have another key than the one that it had proved.
std::optional<std::string> gone_since(const Server& server, const Rules& rules);

// The same for one of its rooms. If the server leaves the room out of its answers in three
// different hours, it is gone with the third. Otherwise it is gone at the end of the grace after
// the last answer with it.
std::optional<std::string> gone_since(const Server& server, const Room& room, const Rules& rules);

// The start of the day on which a room came back after it had been away for longer than the grace.
// Nothing if that did not happen in the days that are kept.
std::optional<std::string> returned_on(const Room& room, const Rules& rules);
