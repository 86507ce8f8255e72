#include "cli/errors.hpp"
#include "cli/options.hpp"
#include "cli/run_tool.hpp"
#include "dedupe.hpp"
#include "ndjson/bad_lines.hpp"

int main(int argc, char** argv) {
  return run_tool("dedupe", [&] {
    DedupeOptions dedupe;
    std::string by, now;
    Options options{"dedupe", "--by=url|key [OPTION...] [FILE...]",
                    "Merge records of the same server. The result does not depend on their order,\n"
                    "on how they were split, or on how often one is repeated.\n"};
    options.text("by", "url|key",
                 "url: join links and servers in, one candidate per address out; "
                 "key: probed servers and listings in, one server per public key out",
                 by);
    options.text("previous", "FILE",
                 "the previous listing; by key it is merged and sets the guard, by url "
                 "it adds what is known about the addresses",
                 dedupe.previous);
    options.list("known", "FILE",
                 "servers that people list: by url, these addresses are always probed; "
                 "by key, people vouch for these keys",
                 dedupe.known);
    options.list("policy", "FILE",
                 "by key: annotations; official and pinned ones vouch for their key",
                 dedupe.policy);
    options.number("max-loss", "PERCENT",
                   "by key: the greatest loss of domains that is accepted [30]", dedupe.max_loss, 0,
                   100);
    options.flag("force", "by key: write the listing in any case", dedupe.force);
    options.number("grace", "DAYS", "by key: how long a silent server stays listed [3]",
                   dedupe.grace, 0, 30);
    options.text("now", "TIME",
                 "by key: count periods from this time (RFC 3339) [the newest probe]", now);
    options.text("explain", "NAME",
                 "by key: print which rule decided what about this Community or server; "
                 "NAME is an identifier, server id, key, address or join URL",
                 dedupe.explain);
    options.number("memory", "MIB",
                   "merge repeated records early when they take this much memory [256]",
                   dedupe.memory, 0, 2048);
    add_bad_line_options(options, dedupe.bad_lines);
    dedupe.summary.add_option(options);
    options.flag("v,verbose", "print a summary on standard error", dedupe.verbose);
    dedupe.files = options.read(argc, argv);

    if (!now.empty() && !(dedupe.now = parse_rfc3339(now)))
      throw UsageError{"--now " + now + ": expected a time like 2026-11-22T20:05:17Z"};
    if (by.empty() && !dedupe.explain.empty()) by = "key";
    if (by == "key") return dedupe_by_key(dedupe);
    if (by != "url") throw UsageError{"expected --by=url or --by=key"};
    if (!dedupe.explain.empty() || dedupe.now || dedupe.force || !dedupe.policy.empty() ||
        dedupe.grace != dedupe.kUnset || dedupe.max_loss != dedupe.kUnset)
      throw UsageError{"--explain, --force, --grace, --max-loss, --now and --policy need --by=key"};
    return dedupe_by_url(dedupe);
  });
}
