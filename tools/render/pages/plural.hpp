// Counted things in words, in each site language: "1 person", "5 people".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// `forms`: the plural forms of a translation, separated by "|", in the order of GNU gettext; `#` is
// replaced by the number: "# person|# people". If forms are missing, the last one is used for them.
// `number` is `count` as text.
std::string counted(std::string_view forms, std::string_view language, std::int64_t count,
                    std::string_view number);
