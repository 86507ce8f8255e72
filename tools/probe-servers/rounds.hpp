// The requests to a server with a proven key, in at most two sealed batches. The first has all that
// a listing needs; the second is sent only if it can still change something.
// Values in, values out.
#pragma once

#include <string>
#include <vector>

#include "record/server.hpp"
#include "sogs/rooms.hpp"

// What one batch requests beside capabilities and list: /room/TOKEN for each of `tokens`, as a
// joining client does, and the preview page of the room `page` ("" for none), which prints the
// server's own address.
struct Round {
  std::vector<std::string> tokens;
  std::string page;

  bool is_empty() const { return tokens.empty() && page.empty(); }
  std::vector<std::string> endpoints() const;
};

// Requests the rooms in links that the server did not list before, because its list will not have
// them now either. At the first contact this is true for all rooms; then it requests only three of
// them, because the list will have most of the others.
Round first_round(const Server& candidate);

// What is known after the first round.
struct AfterFirstRound {
  Round asked;
  bool has_list = false;       // /rooms was answered with a list
  bool has_page = false;       // the page was answered
  bool is_room_shown = false;  // the room of the page is in the list, and may be read
};

// Requests the rooms in links that are not in the list and were not requested yet; and the page of
// a room that may be read, unless a page was answered or the server has none.
Round second_round(const AfterFirstRound& first, const std::vector<std::string>& hints,
                   const std::vector<KnownRoom>& rooms);
