// The published data (sites/static/schemas/ describes it). Ids of staff are in
// none of it, nor is anything that is hidden or unlisted.
#pragma once

#include <string>
#include <vector>

#include "output/output.hpp"
#include "pages/views.hpp"
#include "record/selection.hpp"

// communities.json, communities.ndjson, communities.csv, servers.json, tags.json,
// history.json, lookup/XX.json
// and the selections (listings.json, listings/ID.json).
void write_data(const Views& views, const std::vector<Selection>& selections, OutputFolder& output);
