// The two runs of dedupe(1), from the records of the files to standard output.
// Both return the exit status.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "ndjson/lines.hpp"

struct DedupeOptions {
  std::vector<std::string> files;
  BadLinePolicy bad_lines;
  bool verbose = false;

  std::string previous;       // the last listing; "" for none
  std::int64_t memory = 256;  // MiB of large buckets at which they are compacted (buckets.hpp)
  std::size_t memory_bytes() const { return static_cast<std::size_t>(memory) << 20; }

  // Only by key.
  std::string explain;          // an identifier, server id, key or address; "" to write the listing
  std::optional<UnixTime> now;  // else the newest probe of the input
  std::int64_t grace = 3;       // days
  std::int64_t max_loss = 30;   // per cent
  bool force = false;
};

// Join links and servers in, one candidate an address out. The last listing names
// nobody; it tells what was found out about those who are named.
int dedupe_by_url(const DedupeOptions& options);

// Probed servers and listings in, one listing out.
int dedupe_by_key(const DedupeOptions& options);
