#include "cli/errors.hpp"
#include "cli/options.hpp"
#include "cli/run_tool.hpp"
#include "fetch_sources.hpp"
#include "http/options.hpp"

int main(int argc, char** argv) {
  return run_tool("fetch-sources", [&] {
    FetchOptions wish;
    wish.policy.jobs = 64;
    std::int64_t per_host = 2;
    Options options{"fetch-sources", "[OPTION...] [FILE...]",
                    "Ask every source for its page; source records in, page records out.\n"};
    options.text("cache", "DIR", "keep last good copies here, and ask only for what changed",
                 wish.cache);
    options.flag("offline", "work from the copies alone", wish.settings.offline);
    options.number("max-pages", "N", "at most so many pages of a source that leads to others [500]",
                   wish.bounds.pages, 1, 100'000);
    options.number("max-bytes", "N", "take at most so many bytes of a page [8388608]",
                   wish.bounds.page_bytes, 1, 1 << 30);
    options.number("per-host", "N", "ask a host for so many pages at once [2]", per_host, 1, 64);
    options.number("tries", "N", "ask so often before giving up [3]", wish.settings.tries, 1, 20);
    options.seconds("pause", "SECONDS",
                    "wait so long before the second try, then twice as long [1]",
                    wish.settings.pause, 0, 600);
    options.seconds("try-timeout", "SECONDS", "give up a single request after this time [30]",
                    wish.settings.try_seconds, 0.1, 3600);
    add_http_options(options, wish.policy, wish.bounds.seconds,
                     "give up a source after this time, all in all [300]");
    add_bad_line_options(options, wish.bad_lines);
    options.flag("v,verbose", "tell what went wrong, and a summary", wish.verbose);
    const auto files = options.read(argc, argv);
    if (wish.settings.offline && wish.cache.empty())
      throw UsageError{"--offline goes with --cache"};
    wish.policy.jobs_per_host = static_cast<std::size_t>(per_host);
    return fetch_sources(files, wish);
  });
}
