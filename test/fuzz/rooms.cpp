// What a server says of its rooms: bounded, clean, in order; and what was understood,
// printed and read again, is understood the same.
#include "sogs/rooms.hpp"

#include "fuzz.hpp"
#include "sogs/api_json.hpp"
#include "text/fold.hpp"
#include "url/join_url.hpp"

static void is_fit(const Room& room) {
  expect(is_token(room.token));
  for (const auto& [text, most] : {std::pair{room.name, 100u}, std::pair{room.description, 1000u}})
    expect(!text || (is_utf8(*text) && !text->empty() && characters_in(*text) <= most));
  for (const auto& number : {room.active_users, room.image_id, room.info_updates,
                             room.message_sequence, room.staff_count})
    expect(!number || *number >= 0);
  expect(room.unknown_members.empty());
}

static std::string text_of(const Room& room) {
  std::string text;
  fields::append(text, room);
  return text;
}

static void is_stable(const KnownRoom& known) {
  Room plain = known.room;
  plain.dropped.clear();
  plain.cleaned.reset();
  plain.staff_count.reset();  // counted anew
  const auto again = parse_room(*parse_json(text_of(plain)), Staff::named);
  expect(again && again->room.dropped.empty() && !again->room.cleaned);
  Room second = again->room;
  second.staff_count.reset();
  expect(text_of(second) == text_of(plain));
}

FUZZ(text) {
  const auto json = parse_api_json(text);
  if (!json) return;
  if (const auto room = parse_room(*json, Staff::named)) {
    is_fit(room->room);
    is_stable(*room);
  }
  for (const auto& list : {parse_room_list(*json, Staff::counted), parse_legacy_list(*json)}) {
    if (!list) continue;
    expect(list->rooms.size() <= kMostRooms);
    for (std::size_t i = 0; i < list->rooms.size(); ++i) {
      is_fit(list->rooms[i].room);
      expect(i == 0 ||
             fold_case(list->rooms[i - 1].room.token) < fold_case(list->rooms[i].room.token));
    }
    expect(list->dropped.size() <= 32);
    for (const Dropped& dropped : list->dropped)
      expect(is_utf8(dropped.token.value_or("")) && is_utf8(dropped.detail.value_or("")));
  }
  if (const auto capabilities = parse_capabilities(*json)) {
    expect(capabilities->size() <= 50);
    expect(std::is_sorted(capabilities->begin(), capabilities->end()));
  }
}
