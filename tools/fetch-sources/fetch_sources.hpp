// The stage: source records in, page records out. It asks all sources at once; their pages
// come out in the order of the sources.
#pragma once

#include <string>
#include <vector>

#include "http/policy.hpp"
#include "ndjson/bad_lines.hpp"
#include "ndjson/summary.hpp"
#include "page_fetcher.hpp"
#include "source_run.hpp"

struct FetchOptions {
  HttpPolicy policy;
  FetchSettings settings;
  SourceBounds bounds;
  std::string cache;  // folder of the last good copies; "" for none
  Summary summary{"fetch-sources"};
  bool verbose = false;
  BadLinePolicy bad_lines;
};

// Reads source records from `files` and writes page records to standard output. Records of other
// kinds are written first, unchanged. Returns the exit status. Throws Failure if no source gave any
// text, not even from the cache.
int fetch_sources(const std::vector<std::string>& files, const FetchOptions& options);
