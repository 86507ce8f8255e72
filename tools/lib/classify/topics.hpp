// What is a room about? A guess from its words; the site shows it as a guess.
#pragma once

#include <string>
#include <vector>

#include "classify/room_reading.hpp"

struct TopicGuess {
  std::string id;    // of the list `topic`: "privacy"
  Place place;       // where the first word that says so stands
  std::string word;  // in small letters
  std::size_t tag;   // which one, where a tag says so
};

// At most three topics, the one with most words first. A word in the name or in a tag counts
// twice; a weak word counts only beside another word of the same topic. Beside another topic, one
// of no subject needs more than a name like "chat". A weak word of a topic of languages counts
// beside the name of a language.
std::vector<TopicGuess> guess_topics(const RoomReading& room, bool is_adult);
