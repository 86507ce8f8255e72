// Which address of a server is printed, and which hosts its key holder can't disown.
#include "list/address.hpp"

#include <algorithm>

#include "merge/merge.hpp"
#include "world.hpp"

static Server naming(Server server, std::string prints_url) {
  server.prints_url = std::move(prints_url);
  return server;
}
static std::string printed(const std::vector<Server>& records) {
  return World{records}.holder('1').base_url;
}

static void the_address_that_the_key_holder_prints_is_listed() {
  const Server old_relay = naming(proven("https://relay.example", 1, 20), "http://sog.example");
  const Server itself = naming(proven("http://sog.example", 5, 20), "http://sog.example");
  check_that(printed({old_relay, itself}) == "http://sog.example");
  // Even while the address itself is silent, for the grace.
  check_that(printed({old_relay, naming(proven("http://sog.example", 5, 18),
                                        "http://sog.example")}) == "http://sog.example");
  check_that(printed({old_relay, naming(proven("http://sog.example", 5, 16),
                                        "http://sog.example")}) == "https://relay.example");
  // https of the same host comes first, whichever of the two it names.
  check_that(printed({old_relay, itself,
                      naming(proven("https://sog.example", 6, 20), "http://sog.example")}) ==
             "https://sog.example");
  // The last word counts.
  check_that(printed({naming(proven("http://old.example", 1, 19), "http://old.example"),
                      naming(proven("http://new.example", 19, 20), "http://new.example")}) ==
             "http://new.example");
}

static void a_relay_that_withholds_the_page_with_the_address_does_not_undo_the_last_word() {
  Server relay = proven("https://relay.example", 1, 20);  // later in the day, without an address
  relay.last_seen = relay.key->proven_at = relay.probe->at = at(20, 13);
  const Server old_home = naming(proven("http://old.example", 1, 17), "http://old.example");
  const Server new_home = naming(proven("http://new.example", 18, 20), "http://new.example");
  check_that(printed({old_home, relay, new_home}) == "http://new.example");
}

static void an_impossible_printed_address_is_ignored() {
  for (const char* word :
       {"http://example.net", "http://www.example.com", "http://192.168.0.1", "http://127.0.0.1",
        "http://localhost", "http://nas.local", "nonsense", "http://unreachable.example"}) {
    const Server first = naming(proven("http://first.example", 1, 20), word);
    check_that(printed({first, naming(proven("https://later.example", 2, 20), word)}) ==
               "http://first.example");
  }
  check_that(own_host(naming(proven("http://a.example", 1, 1), "http://example.net")).empty());
  check_that(own_host(naming(proven("http://a.example", 1, 1), "http://sog.example:8080")) ==
             "sog.example");
}

static void without_a_printed_address_the_host_known_longest_is_listed() {
  check_that(printed({proven("http://first.example", 1, 20),
                      proven("https://relay.example", 2, 20)}) == "http://first.example");
  check_that(printed({proven("http://first.example", 1, 20), proven("https://first.example", 9, 20),
                      proven("https://relay.example", 2, 20)}) == "https://first.example");
  check_that(printed({proven("http://203.0.113.9", 1, 20),
                      proven("https://relay.example", 2, 20)}) == "http://203.0.113.9");
  // A server that moved is not at the old address any more.
  check_that(printed({proven("http://old.example", 1, 18), proven("http://new.example", 17, 20)}) ==
             "http://new.example");
}

static void relays_cant_replace_the_servers_own_address() {
  std::vector<Server> records;
  for (int i = 10; i < 60; ++i)
    records.push_back(
        naming(proven("https://r" + std::to_string(i) + ".example", 1, 20), "http://sog.example"));
  records.push_back(naming(proven("http://sog.example", 19, 20), "http://sog.example"));
  check_that(printed(records) == "http://sog.example");
}

static void if_no_address_proved_the_key_only_the_one_known_longest_is_listed() {
  Server first = unproven("http://first.example", 1, 20),
         later = unproven("https://later.example", 2, 20);
  first.rooms = {room("cats", 5, 1, 20)};
  later.rooms = {room("bait", 6, 2, 20), room("cats", 5, 2, 20)};
  const Server server = World{{first, later}}.holder('1');
  check_that(server.base_url == "http://first.example");
  check_that(server.rooms.size() == 1);
  // When the first is silent for longer than the grace, it moved, or is gone anyway.
  first.last_seen = first.probe->at = at(16);
  check_that(World({first, later}).holder('1').base_url == "https://later.example");
}

static bool has_host(const Server& server, const std::string& host) {
  return std::any_of(server.printed_hosts.begin(), server.printed_hosts.end(),
                     [&](const PrintedHost& one) { return one.host == host; });
}

static void named_hosts_are_never_forgotten() {
  Server probe = naming(proven("http://relay.example", 1, 1), "http://sog.example");
  probe.first_seen.reset();  // as probe-servers writes it
  const Server known = World{{probe}}.holder('1');
  check_that(has_host(known, "sog.example") && !has_host(known, "relay.example"));

  // It names another host from now on, at another address. The first address is forgotten.
  Server moved = naming(proven("http://new.example", 2, 2), "http://new.example");
  moved.first_seen.reset();
  Server both = World{{known, moved}}.holder('1');
  check_that(has_host(both, "sog.example") && has_host(both, "new.example"));
  std::erase_if(both.observations,
                [](const Server& one) { return one.base_url == "http://relay.example"; });
  check_that(has_host(World{both.observations}.holder('1'), "sog.example"));

  // A claim without proof names nothing.
  Server claim = naming(unproven("http://claim.example", 1, 1), "http://famous.example");
  claim.first_seen.reset();
  check_that(World{{claim}}.holder('1').printed_hosts.empty());
}

static void later_hosts_dont_replace_the_first_ones() {
  std::vector<PrintedHost> hosts{{"zoo.example", at(1)}}, flood;
  for (int i = 0; i < 100; ++i) flood.push_back({"a" + std::to_string(i) + ".example", at(2)});
  merge_printed_hosts(hosts, flood);
  check_that(hosts.size() == kMostPrintedHosts && hosts.front().host == "zoo.example");
  merge_printed_hosts(hosts, {{"zoo.example", at(3)}});
  check_that(hosts.front().since == at(1));
}

int main() {
  the_address_that_the_key_holder_prints_is_listed();
  a_relay_that_withholds_the_page_with_the_address_does_not_undo_the_last_word();
  an_impossible_printed_address_is_ignored();
  without_a_printed_address_the_host_known_longest_is_listed();
  relays_cant_replace_the_servers_own_address();
  if_no_address_proved_the_key_only_the_one_known_longest_is_listed();
  named_hosts_are_never_forgotten();
  later_hosts_dont_replace_the_first_ones();
  return failures != 0;
}
