// The two modes of dedupe(1), from the records of the files to standard output. Both return the
// exit status.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "ndjson/bad_lines.hpp"
#include "ndjson/summary.hpp"

struct DedupeOptions {
  static constexpr std::int64_t kUnset = -1;
  std::vector<std::string> files;
  BadLinePolicy bad_lines;
  bool verbose = false;
  Summary summary{"dedupe"};

  std::string previous;            // file of the previous listing; "" for none
  std::vector<std::string> known;  // files of servers that people list
  std::int64_t memory = 256;       // MiB of large buckets at which they are compacted (buckets.hpp)
  std::size_t memory_bytes() const { return static_cast<std::size_t>(memory) << 20; }

  // Only by key.
  std::vector<std::string> policy;  // files of annotations
  std::string explain;          // an identifier, server id, key or address; "" to write the listing
  std::optional<UnixTime> now;  // otherwise the newest probe of the input
  std::int64_t grace = kUnset, max_loss = kUnset;  // days, per cent
  bool force = false;
};

// Reads join links and servers, writes one candidate for each address, with what the previous
// listing knows about it.
int dedupe_by_url(const DedupeOptions& options);

// Reads probed servers and listings, writes one listing.
int dedupe_by_key(const DedupeOptions& options);
