#include "options.hpp"

#include "cli/errors.hpp"
#include "cli/options.hpp"
#include "http/options.hpp"

// Most of them wait for a silent server; --jobs limits the others.
constexpr std::int64_t kMostTransfers = 8192;

// Many names with one address are shared hosting, or a list that attacks a third party.
constexpr std::size_t kMostHostsPerAddress = 64;

// For answers under way. Each may have 4 MiB: thousands of servers that send nearly as much and
// then only a byte a second would fill any memory.
constexpr std::size_t kMostBytesUnderWay = 128 << 20;

ProbeOptions read_options(int argc, char** argv) {
  ProbeOptions read;
  read.policy.jobs = 256;
  bool names_staff = false;
  Options line{
      "probe-servers", "[OPTION...] [FILE...]",
      "Probe servers of Communities: what they host, and whether they hold their key.\n"
      "Server records in, the same records out with the results; others pass unchanged.\n"};
  line.seconds("budget", "SECONDS", "give up on a server after this time [60]",
               read.probe.budget.seconds, 0.1, 3600);
  line.number("attempts", "N", "send at most N requests to a server [40]",
              read.probe.budget.attempts, 1, 100000);
  add_http_options(
      line, read.policy, "probe at most N servers at once, not counting silent ones [256]",
      read.probe.budget.timeout, "give up on a request without a byte for this long [10]");
  line.flag("staff", "name the staff of each room, not only count them", names_staff);
  line.flag("not-before", "skip servers whose probe.not_before is in the future",
            read.heed_not_before);
  read.summary.add_option(line);
  line.text("record", "DIR", "record the exchange with servers in this empty folder", read.record);
  line.text("replay", "DIR", "take all answers from such a recording, without any network",
            read.replay);
  add_bad_line_options(line, read.bad_lines);
  line.flag("v,verbose", "print a line for each server on standard error", read.is_verbose);
  read.files = line.read(argc, argv);
  if (!read.record.empty() && !read.replay.empty())
    throw UsageError{"--record and --replay cannot be used together"};
  if (names_staff) read.probe.staff = Staff::named;
  read.jobs = static_cast<std::size_t>(read.policy.jobs);
  read.policy.jobs = kMostTransfers;
  read.policy.jobs_per_host = kMostInFlightOfNewcomer;
  read.policy.hosts_per_address = kMostHostsPerAddress;
  read.policy.bytes_under_way = kMostBytesUnderWay;
  return read;
}
