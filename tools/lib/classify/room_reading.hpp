// The texts of a room, read once for all questions: is it adult, what is it about, which
// languages does it speak?
#pragma once

#include <string_view>
#include <vector>

#include "base/word.hpp"
#include "classify/lexicon.hpp"

struct RoomText {
  std::string_view token, name, description;
  std::vector<std::string_view> tags;  // without `#`
};

enum class Place { name, token, tag, description };
constexpr auto words_of(Place) {
  return words<Place::description>("name", "token", "tag", "description");
}

struct PlacedReading {
  Place place;
  std::size_t tag;  // the index in RoomText::tags, if it is a tag
  Reading reading;
};

using RoomReading = std::vector<PlacedReading>;

// In the order of Place. A token that equals the name is left out.
RoomReading read_room(const Lexicon& lexicon, const RoomText& room);

// Does the match count by itself, only beside another one, or not at all?
enum class Weight { none, half, full };
Weight weight_of(const PlacedReading& placed, const Match& match);
