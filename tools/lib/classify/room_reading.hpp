// What a room says of itself, read once for all questions: is it adult, what is it about,
// which language does it speak.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "classify/lexicon.hpp"

struct RoomText {
  std::string_view token, name, description;
  std::vector<std::string_view> tags;  // without `#`
};

enum class Place { name, token, tag, description };

struct PlacedReading {
  Place place;
  std::size_t tag;  // which of RoomText::tags, if it is one
  Reading reading;
};

using RoomReading = std::vector<PlacedReading>;

// In the order of Place. A token that is the name is read once.
RoomReading read_room(const Lexicon& lexicon, const RoomText& room);

// Does the match count by itself, only beside another one, or not at all?
enum class Weight { none, half, full };
Weight weight_of(const PlacedReading& placed, const Match& match);
