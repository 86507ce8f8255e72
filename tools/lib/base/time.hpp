// Times as the records carry them: RFC 3339, UTC, whole seconds
// ("2026-11-22T20:05:17Z"), and days ("2026-11-22"). Only now() reads the clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using UnixTime = std::int64_t;  // seconds since 1970-01-01T00:00:00Z

inline constexpr UnixTime kDay = 24 * 60 * 60;

UnixTime now();

std::string rfc3339(UnixTime time);
std::string day_of(UnixTime time);

// Reads only the form that rfc3339() writes; nothing for any other text.
std::optional<UnixTime> parse_rfc3339(std::string_view text);
// The time at which a day ("2026-11-22") begins.
std::optional<UnixTime> parse_day(std::string_view day);

// The day of a time, both as text.
constexpr std::string_view day_part(std::string_view time) { return time.substr(0, 10); }
