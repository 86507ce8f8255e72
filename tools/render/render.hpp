// The tool: from the command line to a finished site.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "ndjson/bad_lines.hpp"
#include "ndjson/summary.hpp"
#include "pages/views.hpp"

struct RenderOptions {
  std::vector<std::string> files;           // of server records; none: standard input
  std::vector<std::string> sites{"sites"};  // of a file in several folders, the first counts
  std::string languages = "languages";
  std::vector<std::string> policy;  // default: policy.ndjson in sites
  std::string runs;                 // data/runs.ndjson; "" for none
  // What to make: exactly one of these.
  std::string output, rollback, template_file;
  std::vector<std::string> explain;  // names of Communities
  bool check = false;                // what people know
  std::optional<std::string> only;   // with template_file
  std::string site_language;         // with template_file: the site language; "" for the default
  std::optional<UnixTime> now;       // default: the newest time in the records
  SiteOptions site;
  BadLinePolicy bad_lines;
  bool verbose = false;
  Summary summary{"render"};
};

// Throws UsageError, HelpWanted.
RenderOptions read_render_options(int argc, char** argv);

// Returns the exit status.
int render(const RenderOptions& options);
