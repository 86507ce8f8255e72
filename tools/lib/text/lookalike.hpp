// Names that look alike.
#pragma once

#include <string>
#include <string_view>

// The skeleton of a name: two names with the same skeleton look alike. It has no case, accents,
// width, spaces or symbols, and one letter for all that look the same ("Ѕеѕѕіоn", "5ess1on" ->
// "session").
// "" for a name without letters.
std::string skeleton_of(std::string_view name);
