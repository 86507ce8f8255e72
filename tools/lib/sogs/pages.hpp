// Reads the web pages of servers: which rooms there are, and which key the server prints. They are
// searched as text; no HTML is parsed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "url/join_url.hpp"

// The tokens that the list of rooms at / links to: /r/TOKEN or /view/room/TOKEN,
// each once, in order; at most kMostRooms.
std::vector<std::string> tokens_on_index(std::string_view html);

// The join links on a room's preview page. Their host is what the operator typed; only the key
// comes from the server itself.
std::vector<JoinUrl> joins_on_preview(std::string_view html);
