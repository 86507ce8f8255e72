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

// People in seven days: active_users scaled from the server's own period. Nothing
// when a number is missing, the period is under a day (an hour says nothing of a
// week), or more than a million come out (protocol.md 8: fake user counts).
std::optional<std::int64_t> weekly_users(const Room& room);

// Younger than four weeks: seen first less than 28 days before `now`, and not
// created earlier than that by its server's own account. Who lies about the
// creation can't stay new.
bool is_new(const Room& room, UnixTime now);

// Staff for the number of people: one for every 50 in a week, at least two, and
// ten are always enough. Unknown numbers are never staffed.
bool is_staffed(std::optional<std::int64_t> staff, std::optional<std::int64_t> weekly);

bool is_read_only(const Room& room);  // everybody may read, nobody may write
bool has_uploads_off(const Room& room);

// The first of `words` (as spaced_words() writes them, without the spaces around)
// that stands in `text` as a whole word or whole words in a row; "" if none does.
// Words of scripts without spaces are found inside runs.
std::string first_word_in(std::string_view text, const std::vector<std::string>& words);
