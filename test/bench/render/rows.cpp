// How fast rows become HTML: reads server records as render does, then writes all
// pages of index.html to standard output. Prints seconds for reading and for
// writing, rows, and peak memory in KiB on standard error.
//   usage: render-rows SITES LANGUAGES ROWS-A-PAGE FILE [DIR]
// With DIR it writes the published data there instead, for others to read.
#include <sys/resource.h>

#include <cstdio>

#include "cli/run_tool.hpp"
#include "data/data_files.hpp"
#include "model/site_model_builder.hpp"
#include "ndjson/bad_lines.hpp"
#include "ndjson/line_writer.hpp"
#include "pages/pages.hpp"

// Processor seconds so far, so that other work on the machine does not count.
double seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

int main(int argc, char** argv) {
  return run_tool("render-rows", [&] {
    const double begin = seconds();
    const std::string languages = argv[2];
    const Knowledge knowledge{{languages + "/names.ndjson", languages + "/registry.tsv"}};
    const Site site{{argv[1]}};
    SiteOptions options;
    options.rows_a_page = std::stoul(argv[3]);
    SiteModelBuilder builder{knowledge, *parse_rfc3339("2026-11-22T20:30:00Z")};
    JsonText memory;
    for_each_line({argv[4]}, {}, "render-rows",
                  [&](const Line& line) { builder.add(from_json<Server>(line.json(memory))); });
    const SiteModel model = builder.finish();
    const std::vector<Run> runs;
    const FileSizes sizes;
    const Views views{site, site.languages().front(), model, knowledge, options, runs, sizes};
    if (argc > 5) {
      SiteWriter folder{argv[5]};
      OutputFolder output{folder, ""};
      write_data(views, {}, output);
      folder.finish();
      return 0;
    }

    const double read = seconds();
    LineWriter out;
    Pages pages{views};
    pages.make("index.html", [&](const std::string&, std::string_view text) {
      if (text.ends_with('\n')) text.remove_suffix(1);
      out.write(text);
    });
    out.flush();
    const double end = seconds();

    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::fprintf(stderr, "%.4f %.4f %zu %ld\n", read - begin, end - read, model.communities.size(),
                 usage.ru_maxrss);
    return 0;
  });
}
