// The forms of the names of Communities and servers (design: Identity).
#pragma once

#include <string_view>

// TOKEN+HEX, where TOKEN is [0-9A-Za-z_-]{1,64} and HEX 8 to 64 lower-case hex digits.
bool is_identifier(std::string_view text);
bool is_server_id(std::string_view text);  // 8 to 64 lower-case hex digits
