#include "classify/room_reading.hpp"

RoomReading read_room(const Lexicon& lexicon, const RoomText& room) {
  RoomReading readings;
  readings.reserve(3 + room.tags.size());
  const auto read = [&](Place place, std::string_view text, std::size_t tag = 0) {
    if (!text.empty()) readings.push_back({place, tag, lexicon.read(text)});
  };
  read(Place::name, room.name);
  if (room.token != room.name) read(Place::token, room.token);
  for (std::size_t i = 0; i < room.tags.size(); ++i) read(Place::tag, room.tags[i], i);
  read(Place::description, room.description);
  return readings;
}

Weight weight_of(const PlacedReading& placed, const Match& match) {
  const Reading& reading = placed.reading;
  const bool in_tag = placed.place == Place::tag || reading.is_hashtag(match);
  switch (match.strength) {
    case Strength::own:
    case Strength::word:
      return Weight::full;
    case Strength::in_names:
      return in_tag || placed.place != Place::description ? Weight::full : Weight::half;
    case Strength::weak:
      return in_tag ? Weight::full : Weight::half;
    case Strength::only_tags: {
      const bool is_whole = match.begin <= 2 && match.end + 1 == reading.tokens.text.size();
      const bool is_hashtag =
          reading.is_hashtag(match) && reading.tokens.text[match.end] != gap::kInside;
      return (placed.place == Place::tag && is_whole) || is_hashtag ? Weight::full : Weight::none;
    }
    case Strength::except:
      break;
  }
  return Weight::none;
}
