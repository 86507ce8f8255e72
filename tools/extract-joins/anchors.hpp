// Where a join link may stand.
#pragma once

#include <cstddef>
#include <string_view>

// The first byte at or after `from` where "public", "_key", or a letter of
// "public" as a numeric character reference stands; text.size() if there is none.
std::size_t next_anchor(std::string_view text, std::size_t from);
