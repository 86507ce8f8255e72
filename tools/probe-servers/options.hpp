// The command line of probe-servers.
#pragma once

#include <string>
#include <vector>

#include "http/policy.hpp"
#include "ndjson/bad_lines.hpp"
#include "ndjson/summary.hpp"
#include "server_probe.hpp"

struct ProbeOptions {
  std::vector<std::string> files;
  BadLinePolicy bad_lines;
  HttpPolicy policy;
  ProbeSettings probe;
  std::string record, replay;  // folders, or ""
  std::size_t jobs = 0;        // servers that may be busy at once
  bool heed_not_before = false;
  Summary summary{"probe-servers"};
  bool is_verbose = false;
};

ProbeOptions read_options(int argc, char** argv);
