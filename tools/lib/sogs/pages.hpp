// What the pages that servers show to people say to us: which rooms there are,
// and which key the server prints. Looked for as text; nothing is rendered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "url/join_url.hpp"

// The tokens that the list of rooms at / links to: /r/TOKEN or /view/room/TOKEN,
// each once, in order; at most kMostRooms.
std::vector<std::string> tokens_on_index(std::string_view html);

// The join links on a room's preview page. What they say of their host is what
// an operator has typed; only the key is told by the server itself.
std::vector<JoinUrl> joins_on_preview(std::string_view html);
