// What a server says about asking again (RFC 9110, 10.2.3).
#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"

// The seconds in a Retry-After header's value: a number, or the time until a date.
// Never negative; nothing for anything else.
std::optional<double> retry_after(std::string_view value, UnixTime now);
