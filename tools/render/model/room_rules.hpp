// What follows from what a server says of a room. Each rule is one function, and
// languages/README.md tells them to people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "record/room.hpp"

// Younger than four weeks: seen first less than 28 days before `now`, and not
// created earlier than that by its server's own account. Who lies about the
// creation can't stay new.
bool is_new(const Room& room, UnixTime now);

// Staff for the number of people: one for every 50 in a week, at least two, and
// ten are always enough. Unknown numbers are never staffed.
bool is_staffed(std::optional<std::int64_t> staff, std::optional<std::int64_t> weekly);

bool is_closed(const Room& room);     // nobody may read or write without being let in
bool is_read_only(const Room& room);  // nobody may write without being let in
bool has_uploads_off(const Room& room);
