#include "options.hpp"

#include "cli/errors.hpp"
#include "cli/options.hpp"
#include "http/options.hpp"

// Most of them wait for a server that keeps silent; what is busy is bounded by --jobs.
constexpr std::int64_t kMostTransfers = 8192;

// Many names of one address are shared hosting, or a list made to hit a third party.
constexpr std::size_t kMostHostsPerAddress = 64;

// Answers under way, of which each may have 4 MiB: thousands of servers that send almost so
// much, and then drip, would fill any memory.
constexpr std::size_t kMostBytesUnderWay = 128 << 20;

ProbeOptions read_options(int argc, char** argv) {
  ProbeOptions read;
  read.policy.jobs = 256;
  bool names_staff = false;
  Options line{"probe-servers", "[OPTION...] [FILE...]",
               "Ask every server of Communities what it hosts, and let it prove its key. `server`\n"
               "records in, the same records out with what was found; others pass untouched.\n"};
  line.seconds("budget", "SECONDS", "give up on a server after so long [60]",
               read.probe.budget.seconds, 0.1, 3600);
  line.number("attempts", "N", "make at most so many requests to a server [40]",
              read.probe.budget.attempts, 1, 100000);
  add_http_options(line, read.policy, read.probe.budget.timeout,
                   "give up on one request after so long without a byte [10]");
  line.flag("staff", "name the staff of each room; without it, only count them", names_staff);
  line.flag("not-before", "leave those alone whose record says to come back later",
            read.heed_not_before);
  line.text("summary", "FILE", "write what was found there, as one line of JSON", read.summary);
  line.text("record", "DIR", "keep there what is exchanged with servers", read.record);
  line.text("replay", "DIR", "answer from such a recording, without any network", read.replay);
  add_bad_line_options(line, read.bad_lines);
  line.flag("v,verbose", "say on standard error how each server is", read.is_verbose);
  read.files = line.read(argc, argv);
  if (!read.record.empty() && !read.replay.empty())
    throw UsageError{"--record and --replay exclude each other"};
  if (names_staff) read.probe.staff = Staff::named;
  read.jobs = static_cast<std::size_t>(read.policy.jobs);
  read.policy.jobs = kMostTransfers;
  read.policy.jobs_per_host = kMostInFlightOfNewcomer;
  read.policy.hosts_per_address = kMostHostsPerAddress;
  read.policy.bytes_under_way = kMostBytesUnderWay;
  return read;
}
