// From the words "public_key=" back to where a link begins and on to where its
// key ends, in text that has been undone.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cells.hpp"
#include "url/join_url.hpp"

struct Candidate {
  std::optional<JoinUrl> url;
  std::string reason;     // why there is no url
  std::size_t first = 0;  // its cells: [first, last)
  std::size_t last = 0;
  unsigned undone = 0;         // in them
  bool is_link_like = false;   // something before "?public_key=" looks like a link
  bool meets_markup = false;   // a tag ends it too early
  bool reaches_start = false;  // it goes back to the first cell, and may begin before that
};

// Whether "public_key=" stands at cells[i].
bool spells_name(const std::vector<Cell>& cells, std::size_t i);

// The link around "public_key=" at cells[i].
//
// Where a link is broken by a line end, its parts are put together when there
// can be no doubt; a link that begins nowhere clearly is not guessed.
Candidate read_candidate(const std::vector<Cell>& cells, std::size_t i);
