// Bencoded lists of byte strings, as version 4 of onion requests has them
// (protocol.md 1.3):  l 5:hello 0: e  without the spaces.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

std::string bencode(const std::vector<std::string_view>& strings);

// The strings of the list that is all of `text`; views into it. Strict: lengths
// have no leading zeros and at most 10 digits, nothing follows the list.
Result<std::vector<std::string_view>> parse_bencoded(std::string_view text);
