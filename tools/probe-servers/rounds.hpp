// What is asked of a server behind its key, in at most two sealed batches. The first carries all
// that a listing needs; the second is sent only where it can still change something.
// Values in, values out.
#pragma once

#include <string>
#include <vector>

#include "record/server.hpp"
#include "sogs/rooms.hpp"

// What one batch asks for, beside capabilities and list: /room/TOKEN of each of `tokens`, as a
// joining client does, and the preview page of the room `page`, which prints the server's own
// address; "" for none.
struct Round {
  std::vector<std::string> tokens;
  std::string page;

  bool is_empty() const { return tokens.empty() && page.empty(); }
  std::vector<std::string> endpoints() const;
};

// Of the rooms that links name, those that the server did not list before: its list will not hold
// them. All of them are new at the first contact; then three stand for all, since the list tells of
// the others.
Round first_round(const Server& candidate);

// What is known after the first round.
struct AfterFirstRound {
  Round asked;
  bool has_list = false;       // /rooms was answered with a list
  bool has_page = false;       // the page was answered
  bool is_room_shown = false;  // the room of the page is in the list, and may be read
};

// The hinted rooms that the list lacks and that were not asked for; the page of a room that may be
// read, unless a page was answered, or the server has none.
Round second_round(const AfterFirstRound& first, const std::vector<std::string>& hints,
                   const std::vector<KnownRoom>& rooms);
