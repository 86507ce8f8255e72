// What follows from what a server says about a room. Each rule is one function; languages/README.md
// explains them.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.hpp"
#include "record/room.hpp"

// Younger than four weeks: first seen less than 28 days before `now`, and also created less than 28
// days before, as its server says. So a false creation time can't keep a room new.
bool is_new(const Room& room, UnixTime now);

// Enough staff for the number of people: one for every 50 in a week, but at least two; ten are
// always enough. False if a number is not known.
bool is_staffed(std::optional<std::int64_t> staff, std::optional<std::int64_t> weekly);

bool is_closed(const Room& room);     // only people with a permission may read or write
bool is_read_only(const Room& room);  // only people with a permission may write
bool has_uploads_off(const Room& room);
