#include "list/printed_hosts.hpp"

#include <algorithm>
#include <string>

#include "list/address.hpp"
#include "merge/merge.hpp"
#include "store/observation.hpp"

namespace {

// How long another host can be printed in place of the one that the key holder names, until that
// one is probed. Seconds.
constexpr UnixTime kStandIn = 2 * kDay;

bool is_printed_host(const Server& server, const std::string& host) {
  return std::any_of(server.printed_hosts.begin(), server.printed_hosts.end(),
                     [&](const PrintedHost& one) { return one.host == host; });
}

// Whether the host is printed only until the one that the key holder names answers: for the first
// days of the server, or after an outage of the named host. Whoever names a host that never proves
// the key gains no more than the first days.
bool is_stand_in(const Server& server, UnixTime grace) {
  const std::string named = own_host(server);
  if (named.empty() || named == host_of(server)) return false;
  UnixTime since = seconds_of(server.first_seen, 0);
  for (const Server& observation : server.observations)
    if (key_of(observation) == key_of(server) && observation.key->proven_at &&
        host_of(observation) == named)
      since = std::max(since, seconds_of(*observation.key->proven_at) + grace);
  return seconds_of(server.last_seen, 0) - since <= kStandIn;
}

}  // namespace

bool enter_printed_host(Server& server, UnixTime grace) {
  if (!server.server_id || !server.last_seen || is_stand_in(server, grace)) return false;
  const PrintedHost printed{host_of(server), *server.last_seen};
  bool changed = false;
  const auto enter = [&](Server& observation) {
    if (key_of(observation) != key_of(server) || is_printed_host(observation, printed.host)) return;
    merge_printed_hosts(observation.printed_hosts, {printed});
    changed = is_printed_host(observation, printed.host) || changed;
  };
  enter(server);
  for (Server& observation : server.observations) enter(observation);
  return changed;
}
