// The files that the search of the list pages loads when it is first used (described in
// sites/README.md).
#pragma once

#include "output/output.hpp"
#include "pages/views.hpp"

// search/topics.json, and where the list of all has several pages search/rooms.json: the first
// 20,000 rooms of the list that are not adult, with descriptions of 120 characters.
void write_search(const Views& views, OutputFolder& output);
