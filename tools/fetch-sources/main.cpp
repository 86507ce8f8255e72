#include "cli/errors.hpp"
#include "cli/options.hpp"
#include "cli/run_tool.hpp"
#include "fetch_sources.hpp"
#include "http/options.hpp"
#include "ndjson/bad_lines.hpp"

int main(int argc, char** argv) {
  return run_tool("fetch-sources", [&] {
    FetchOptions fetch;
    fetch.policy.jobs = 64;
    std::int64_t per_host = 2;
    Options options{"fetch-sources", "[OPTION...] [FILE...]",
                    "Fetch the page of every source: source records in, page records out.\n"};
    options.text("cache", "DIR", "keep the last good copies here, and fetch only what changed",
                 fetch.cache);
    options.flag("offline", "take every page from the cache, without any request",
                 fetch.settings.offline);
    options.number("max-pages", "N", "fetch at most N pages of a source [500]", fetch.bounds.pages,
                   1, 100'000);
    options.number("max-bytes", "N", "read at most N bytes of a page [8388608]",
                   fetch.bounds.page_bytes, 1, 1 << 30);
    options.number("per-host", "N", "fetch at most N pages at once from a host [2]", per_host, 1,
                   64);
    options.number("tries", "N", "try a page at most N times [3]", fetch.settings.tries, 1, 20);
    options.seconds("pause", "SECONDS", "pause before the second try; doubled with each try [1]",
                    fetch.settings.pause, 0, 600);
    options.seconds("try-timeout", "SECONDS", "give up a request after this time [30]",
                    fetch.settings.try_seconds, 0.1, 3600);
    add_http_options(options, fetch.policy, "send at most N requests at once [64]",
                     fetch.bounds.seconds,
                     "give up a source with all its pages after this time [300]");
    fetch.summary.add_option(options);
    add_bad_line_options(options, fetch.bad_lines);
    options.flag("v,verbose", "report errors and a summary on standard error", fetch.verbose);
    const auto files = options.read(argc, argv);
    if (fetch.settings.offline && fetch.cache.empty()) throw UsageError{"--offline needs --cache"};
    fetch.policy.jobs_per_host = static_cast<std::size_t>(per_host);
    return fetch_sources(files, fetch);
  });
}
