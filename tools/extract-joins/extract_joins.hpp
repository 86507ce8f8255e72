// The stage: page records in, join records out. All other records pass unchanged.
#pragma once

#include <string>
#include <vector>

#include "ndjson/bad_lines.hpp"
#include "ndjson/summary.hpp"
#include "source_tally.hpp"

struct ExtractOptions {
  bool raw = false;         // the inputs are bare documents, not records
  std::string url;          // with raw: the address of the document
  std::string near_misses;  // file for texts that look like a link but are not one; "" for none
  Summary summary{"extract-joins"};
  std::string explain;   // say where this link is, instead of writing records
  bool verbose = false;  // report near misses and a summary on standard error
  BadLinePolicy bad_lines;
  std::vector<std::string> files;  // none: standard input
};

// The counts of one run, for --summary.
struct ExtractSummary {
  std::int64_t pages = 0, joins = 0, near_misses = 0;
  std::int64_t parsed = 0;            // pages that a parser of HTML had to read
  std::vector<SourceCounts> sources;  // in the order of the pages

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("pages", self.pages);
    visit("joins", self.joins);
    visit("near_misses", self.near_misses);
    visit("parsed", self.parsed);
    visit("sources", self.sources);
  }
};

// Returns the exit status.
int extract_joins(const ExtractOptions& options);
