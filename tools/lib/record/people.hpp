// How many people a room has, in figures that can be compared.
#pragma once

#include <cstdint>
#include <optional>

#include "record/room.hpp"

// People in seven days: active_users scaled from the server's own period (a week,
// if it names none). Nothing when there is no number, the period is under a day (an
// hour says nothing of a week), or more than a million come out (protocol.md 8).
std::optional<std::int64_t> weekly_users(const Room& room);
