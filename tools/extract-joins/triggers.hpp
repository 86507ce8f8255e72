// Finds the places where a join link may be.
#pragma once

#include <cstddef>
#include <string_view>

// The position, at or after `from`, of the first of these: "public", "_key", or a letter of
// "public" as a numeric character reference. text.size() if there is none.
std::size_t next_trigger(std::string_view text, std::size_t from);
