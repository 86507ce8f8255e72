// JSON from a server. One invalid byte in one description must not cost the whole list, so a text
// that the strict parser refuses is repaired and parsed again.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "ndjson/json.hpp"

inline constexpr JsonLimits kApiLimits{.depth = 32, .values = 500'000};

// The JSON value in `body`, or why there is none. In strings, bytes that are not UTF-8, half
// surrogate pairs and raw control characters become U+FFFD, which clean_text() removes and
// reports.
Result<Json> parse_api_json(std::string_view body);
