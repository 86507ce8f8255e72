// Names that look alike.
#pragma once

#include <functional>
#include <string>
#include <string_view>

// The skeleton of a name: two names with the same skeleton look alike. It has no case, accents,
// width, spaces or symbols, and one letter for all that look the same ("Ѕеѕѕіоn", "5ess1on" ->
// "session").
// "" for a name without letters.
std::string skeleton_of(std::string_view name);

// The same without the words that `is_dropped`, as long as others are left. It gets the skeleton of
// each word.
std::string skeleton_without(std::string_view name,
                             const std::function<bool(const std::string&)>& is_dropped);

// A folded word of Latin letters, with others of Cyrillic, Greek, Armenian or Cherokee that look
// like Latin ones, in Latin letters ("pоrn" -> "porn"); so are small capitals, also alone. Other
// words as they are.
std::string without_lookalikes(std::string folded);
