// Why a call to the system failed, from its errno: "No space left on device".
#pragma once

#include <string>
#include <system_error>

inline std::string system_reason(int error) { return std::generic_category().message(error); }
