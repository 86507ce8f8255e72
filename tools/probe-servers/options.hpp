// The command line of probe-servers.
#pragma once

#include <string>
#include <vector>

#include "hedged_request.hpp"
#include "http/policy.hpp"
#include "ndjson/lines.hpp"
#include "sogs/rooms.hpp"

struct ProbeOptions {
  std::vector<std::string> files;
  BadLinePolicy bad_lines;
  HttpPolicy policy;
  RequestBudget budget;
  std::size_t jobs = 0;  // servers that may be busy at once
  Staff staff = Staff::counted;
  bool heed_not_before = false;
  std::string summary;  // a file, or ""
  bool is_verbose = false;
};

ProbeOptions read_options(int argc, char** argv);
