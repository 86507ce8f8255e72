#include "cli/errors.hpp"
#include "cli/options.hpp"
#include "cli/run_tool.hpp"
#include "dedupe.hpp"

int main(int argc, char** argv) {
  return run_tool("dedupe", [&] {
    DedupeOptions dedupe;
    std::string by, now;
    Options options{"dedupe", "--by=url|key [OPTION...] [FILE...]",
                    "Merge records that speak of one thing. The result does not depend on their\n"
                    "order, on how they were split, or on how often one is repeated.\n"};
    options.text("by", "url|key",
                 "url: join links and servers, one candidate an address;\n"
                 "key: probed servers and listings, one server a public key",
                 by);
    options.text("previous", "FILE",
                 "the listing before this one; by key it guards this one, by url it tells\n"
                 "what was found out about the addresses",
                 dedupe.previous);
    options.number("max-loss", "PERCENT",
                   "by key: refuse to lose more of what --previous lists [30]", dedupe.max_loss, 0,
                   100);
    options.flag("force", "by key: lose it", dedupe.force);
    options.number("grace", "DAYS", "by key: how long a silent server stays listed [3]",
                   dedupe.grace, 0, 30);
    options.text("now", "TIME",
                 "by key: what counts as now (2026-11-22T20:05:17Z) [the newest probe]", now);
    options.text("explain", "NAME",
                 "by key: say what made this Community or server, and why it is shown so;\n"
                 "NAME is an identifier, server id, key, address or join URL",
                 dedupe.explain);
    options.number("memory", "MIB",
                   "make less of what is said again and again when it takes this much [256]",
                   dedupe.memory, 0, 2048);
    add_bad_line_options(options, dedupe.bad_lines);
    options.flag("v,verbose", "sum up on standard error", dedupe.verbose);
    dedupe.files = options.read(argc, argv);

    if (!now.empty() && !(dedupe.now = parse_rfc3339(now)))
      throw UsageError{"--now " + now + ": expected a time like 2026-11-22T20:05:17Z"};
    if (by.empty() && !dedupe.explain.empty()) by = "key";
    if (by == "key") return dedupe_by_key(dedupe);
    if (by != "url") throw UsageError{"--by=url or --by=key is wanted"};
    if (!dedupe.explain.empty() || dedupe.now || dedupe.force)
      throw UsageError{"--force, --now and --explain go with --by=key"};
    return dedupe_by_url(dedupe);
  });
}
