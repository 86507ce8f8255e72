// The stage: page records in, join records out; every other record as it is.
#pragma once

#include <string>
#include <vector>

#include "ndjson/lines.hpp"

struct ExtractOptions {
  bool raw = false;         // the inputs are bare documents, no records
  std::string url;          // with raw: what the document is called
  std::string near_misses;  // file for what looked like a link; "" for none
  std::string explain;      // say where this link was found, instead of writing records
  bool verbose = false;     // what was refused, and a summary, on standard error
  BadLinePolicy bad_lines;
  std::vector<std::string> files;  // none: standard input
};

// Returns the exit status.
int extract_joins(const ExtractOptions& options);
