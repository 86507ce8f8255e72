// What servers say of their rooms: every member to a value or to a reason
// (protocol.md 3 and 5). Members not named here are dropped: pinned messages,
// per-user rights, whatever comes with later versions.
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
  // The first member that clients need and that is missing or has another type.
  std::optional<NotJoinable> unshowable;
  std::vector<std::string> staff;  // the ids of its admins and moderators, each once
};

// In lower case: most servers take tokens that differ in case only for one room.
std::string folded_token(std::string_view token);

// Staff, unless asked for, are counted and not named.
enum class Staff { counted, named };

// One room, as /room/TOKEN gives it. No value without a token.
Result<KnownRoom> parse_room(const Json& json, Staff staff);

struct RoomList {
  std::vector<KnownRoom> rooms;  // in the order of their tokens, each once
  std::vector<Dropped> dropped;  // entries that are no room
};

// The list that /rooms gives. Of tokens that differ in case only, one room is kept:
// the one with more people, then more messages.
Result<RoomList> parse_room_list(const Json& json, Staff staff);

// Sets staff_count of each room that told its staff: of those that are not global, who stand in all
// rooms of a server with two or more. Returns how many are global; nothing where fewer than two
// rooms tell.
std::optional<std::int64_t> count_staff(std::vector<KnownRoom>& rooms);

// The list that /legacy/rooms and version 3 give: {"rooms":[{"id","name"}]}.
Result<RoomList> parse_legacy_list(const Json& json);

// Those of /capabilities, in order.
Result<std::vector<std::string>> parse_capabilities(const Json& json);

// Adds one, up to a limit of 30 that keeps servers from filling the disk; then `more`, once.
void add_dropped(std::vector<Dropped>& all, Dropped one);
