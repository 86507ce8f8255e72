// Which request goes out next: in turn among hosts, a few at an address, none where it took too
// long.
#include "http/admission.hpp"

#include <cstdio>

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

static const AddressBytes kAddress = *parse_address("192.0.2.1"),
                          kOther = *parse_address("192.0.2.2");

// The ids that may go out now, in order; "!" follows one that is refused.
static std::string all_next(Admission& admission, double now = 0) {
  std::string ids;
  while (const auto next = admission.next(now))
    ids += std::to_string(next->id) + (next->refused.empty() ? "" : "!");
  return ids;
}

static void hosts_take_turns_with_a_limit_for_each() {
  Admission admission{{.per_host = 2}};
  for (const std::uint64_t id : {1, 2, 3}) admission.add(id, {"a"}, false);
  for (const std::uint64_t id : {4, 5}) admission.add(id, {"b"}, false);
  check(all_next(admission) == "1425");
  admission.leave(2, 0);
  check(all_next(admission) == "3");
}

static void a_known_host_goes_first() {
  Admission admission{{.per_host = 1}};
  admission.add(1, {"a"}, false);
  admission.add(2, {"a"}, false);
  admission.add(3, {"a", true}, true);
  check(all_next(admission) == "3");
}

static void a_cancelled_request_is_skipped() {
  Admission admission{{.per_host = 1}};
  for (const std::uint64_t id : {1, 2}) admission.add(id, {"a"}, false);
  admission.leave(1, 0);
  check(all_next(admission) == "2");
}

static void an_address_has_a_limit_of_requests() {
  Admission admission{{.per_address = 1}};
  for (const std::uint64_t id : {1, 2, 3}) admission.add(id, {"h" + std::to_string(id)}, false);
  check(all_next(admission) == "123");
  check(admission.connect(1, kAddress, 0).has_room && admission.connect(1, kAddress, 0).has_room);
  check(!admission.connect(2, kAddress, 0).has_room && admission.connect(3, kOther, 0).has_room);
  admission.wait_for_room(2, kAddress, 0);
  check(all_next(admission).empty());
  admission.leave(1, 1);
  check(all_next(admission) == "2" && admission.connect(2, kAddress, 1).has_room);
}

static void an_ipv6_network_of_64_bits_is_one_address() {
  Admission admission{{.per_address = 1}};
  for (const std::uint64_t id : {1, 2}) admission.add(id, {"h" + std::to_string(id)}, false);
  all_next(admission);
  check(admission.connect(1, *parse_address("2001:db8::1"), 0).has_room);
  check(!admission.connect(2, *parse_address("2001:db8::2"), 0).has_room);
  check(admission.connect(2, *parse_address("2001:db8:0:1::2"), 0).has_room);
}

static void an_address_has_a_limit_of_hosts_except_known_ones() {
  Admission admission{{.hosts_per_address = 2}};
  for (const std::uint64_t id : {1, 2, 3}) admission.add(id, {"h" + std::to_string(id)}, false);
  admission.add(4, {"h4", true}, true);
  admission.add(5, {"h1"}, false);
  all_next(admission);
  check(admission.connect(1, kAddress, 0).has_room && admission.connect(2, kAddress, 0).has_room);
  check(admission.connect(3, kAddress, 0).refused == "192.0.2.1 is the address of too many hosts");
  check(admission.connect(4, kAddress, 0).has_room && admission.connect(5, kAddress, 0).has_room);
}

static void an_address_that_took_too_long_gets_no_more_requests() {
  Admission admission{{.per_address = 1}};
  admission.add(1, {"a", false, 10}, false);
  admission.add(2, {"b", false, 10}, false);
  admission.add(3, {"c", true, 40}, true);
  all_next(admission);
  check(admission.connect(1, kAddress, 0).has_room);
  admission.wait_for_room(2, kAddress, 0);
  admission.wait_for_room(3, kAddress, 0);
  admission.leave(1, 12);
  check(all_next(admission, 12) == "3");  // the known one first, whose bound is later
  admission.leave(3, 13);
  check(all_next(admission, 13) == "2!");
  admission.add(4, {"d", false, 10}, false);
  check(all_next(admission, 13) == "4");
  check(admission.connect(4, kAddress, 13).refused ==
        "earlier requests to 192.0.2.1 took too long in total");
}

int main() {
  hosts_take_turns_with_a_limit_for_each();
  a_known_host_goes_first();
  a_cancelled_request_is_skipped();
  an_address_has_a_limit_of_requests();
  an_ipv6_network_of_64_bits_is_one_address();
  an_address_has_a_limit_of_hosts_except_known_ones();
  an_address_that_took_too_long_gets_no_more_requests();
  return failures != 0;
}
