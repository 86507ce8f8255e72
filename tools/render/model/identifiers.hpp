// The forms of the names of Communities and servers (design: Identity).
#pragma once

#include <string_view>

bool is_server_id(std::string_view text);  // 8 to 64 lower-case hex digits
