// Counted things in words, in each site language: "1 person", "5 people".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// `forms`: of a translation, parted by "|" in the order that GNU gettext gives the plural forms
// of a language, `#` standing for the number: "# person|# people". The last form also stands
// for those that are missing. `number` is how `count` is written.
std::string counted(std::string_view forms, std::string_view language, std::int64_t count,
                    std::string_view number);
