// Where a join link may be.
#pragma once

#include <cstddef>
#include <string_view>

// The first byte at or after `from` where one of these stands: "public", "_key", or a letter
// of "public" as a numeric character reference. text.size() if there is none.
std::size_t next_trigger(std::string_view text, std::size_t from);
