// Is a room for adults, and what says so?
#pragma once

#include <cstdint>
#include <string>

#include "base/word.hpp"
#include "classify/room_reading.hpp"

enum class AdultState : std::uint8_t {
  no,
  mixed,  // it says both: "SFW and NSFW memes"
  adult
};
constexpr auto words_of(AdultState) { return words<AdultState::adult>("no", "mixed", "adult"); }

struct AdultVerdict {
  AdultState state = AdultState::no;
  Place place = Place::name;  // what says so, unless `no`
  std::string word;           // in small letters: "nsfw"
  std::size_t tag = 0;        // which one, where a tag says so
};

// A word of the list `adult` counts unless it is denied where it stands. A weak one counts in a
// tag, as the whole name, next to a word of `beside-adult`, or beside another weak one.
AdultVerdict judge_adult(const RoomReading& room);
