// MD5 (RFC 1321), only for identifiers that other programs made with it. It is not secure.
#pragma once

#include <string>
#include <string_view>

std::string md5_hex(std::string_view bytes);  // 32 lower-case hex digits
