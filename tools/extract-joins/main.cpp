#include "cli/errors.hpp"
#include "cli/options.hpp"
#include "cli/run_tool.hpp"
#include "extract_joins.hpp"
#include "ndjson/bad_lines.hpp"

int main(int argc, char** argv) {
  return run_tool("extract-joins", [&] {
    ExtractOptions extract;
    Options options{"extract-joins", "[OPTION...] [FILE...]",
                    "Find the join links in pages: page records in, join records out.\n"};
    options.flag("raw", "the input is a document (one per FILE), not records", extract.raw);
    options.text("url", "URL", "with --raw: the address of the document", extract.url);
    options.text("near-misses", "FILE", "write texts that look like a link but are not, and why",
                 extract.near_misses);
    extract.summary.add_option(options);
    options.text("explain", "URL",
                 "print where and how this link was found, or why it was refused; "
                 "write no records",
                 extract.explain);
    add_bad_line_options(options, extract.bad_lines);
    options.flag("v,verbose", "report near misses and a summary on standard error",
                 extract.verbose);
    extract.files = options.read(argc, argv);
    if (!extract.raw && !extract.url.empty()) throw UsageError{"--url needs --raw"};
    if (extract.raw && (extract.bad_lines.keep_going || !extract.bad_lines.rejects.empty()))
      throw UsageError{"--keep-going and --rejects are for records, not for --raw"};
    if (!extract.url.empty() && extract.files.size() > 1)
      throw UsageError{"--url names one document; there are several"};
    return extract_joins(extract);
  });
}
