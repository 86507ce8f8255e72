// Reads what servers say of their rooms: every member becomes a value or a reason (protocol.md 3
// and 5). Other members are dropped: pinned messages, per-user rights, those of later versions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "ndjson/json.hpp"
#include "record/room.hpp"

inline constexpr std::size_t kMostRooms = 1000;  // of one server

struct KnownRoom {
  Room room;
  // The first member that clients need but that is missing or has another type.
  std::optional<NotJoinable> unshowable;
  std::vector<std::string> staff;  // the ids of its admins and moderators, each once
};

// In lower case: for most servers, tokens that differ only in case are one room.
std::string folded_token(std::string_view token);

// By default staff are counted, not named.
enum class Staff { counted, named };

// One room, as /room/TOKEN gives it. No value without a token.
Result<KnownRoom> parse_room(const Json& json, Staff staff);

struct RoomList {
  std::vector<KnownRoom> rooms;  // in the order of their tokens, each once
  std::vector<Dropped> dropped;  // entries that are no room
};

// The list that /rooms gives. Of tokens that differ only in case, one room is kept:
// the one with more people, then more messages.
Result<RoomList> parse_room_list(const Json& json, Staff staff);

// Global staff are the ids that every room lists. Sets staff_count of each room to its staff
// without them, and returns their number. If fewer than two rooms list their staff, returns
// nothing and changes nothing.
std::optional<std::int64_t> count_staff(std::vector<KnownRoom>& rooms);

// The list that /legacy/rooms and version 3 give: {"rooms":[{"id","name"}]}.
Result<RoomList> parse_legacy_list(const Json& json);

// Those of /capabilities, in order.
Result<std::vector<std::string>> parse_capabilities(const Json& json);

// Adds one, up to 30, so that servers can't fill the disk; after that adds `more` once.
void add_dropped(std::vector<Dropped>& all, Dropped one);
