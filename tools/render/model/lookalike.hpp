// Names that look alike.
#pragma once

#include <string>
#include <string_view>

// Two names with one skeleton can be taken for each other: no case, accents, width or
// spaces, and one letter for those that look the same ("Ѕеѕѕіоn", "5ess1on" -> "session").
// "" for a name without letters.
std::string skeleton_of(std::string_view name);
