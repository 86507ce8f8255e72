#include "options.hpp"

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
  ProbeOptions wish;
  wish.policy.jobs = 256;
  bool names_staff = false;
  Options options{
      "probe-servers", "[OPTION...] [FILE...]",
      "Ask every server of Communities what it hosts, and let it prove its key. `server`\n"
      "records in, the same records out with what was found; others pass untouched.\n"};
  options.seconds("budget", "SECONDS", "give up on a server after so long [60]",
                  wish.patience.seconds, 0.1, 3600);
  options.number("attempts", "N", "make at most so many requests to a server [40]",
                 wish.patience.attempts, 1, 100000);
  add_http_options(options, wish.policy, wish.patience.timeout,
                   "give up on one request after so long [10]");
  options.flag("staff", "name the staff of each room; without it, only count them", names_staff);
  options.flag("not-before", "leave those alone whose record says to come back later",
               wish.heed_not_before);
  options.text("summary", "FILE", "write what was found there, as one line of JSON", wish.summary);
  add_bad_line_options(options, wish.bad_lines);
  options.flag("v,verbose", "say on standard error how each server is", wish.is_verbose);
  wish.files = options.read(argc, argv);
  if (names_staff) wish.staff = Staff::named;
  wish.jobs = static_cast<std::size_t>(wish.policy.jobs);
  wish.policy.jobs = kMostTransfers;
  wish.policy.hosts_per_address = kMostHostsPerAddress;
  wish.policy.bytes_under_way = kMostBytesUnderWay;
  return wish;
}
