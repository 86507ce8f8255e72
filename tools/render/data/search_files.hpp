// The files that the search of the list pages and the 404 page load when they need them (described
// in sites/README.md).
#pragma once

#include "output/output.hpp"
#include "pages/views.hpp"

// search/topics.json, search/hints.json, and search/rooms.json: the first 20,000 rooms of the list
// that are not adult, with descriptions of 120 characters.
void write_search(const Views& views, OutputFolder& output);
