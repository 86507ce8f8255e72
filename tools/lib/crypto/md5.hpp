// MD5 (RFC 1321), for names that others made with it. Protects nothing.
#pragma once

#include <string>
#include <string_view>

std::string md5_hex(std::string_view bytes);  // 32 lower-case hex digits
