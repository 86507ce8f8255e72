// What stops a run, and what does not.
#include "list/guard.hpp"

#include "world.hpp"

static Server server(int number, int last, std::vector<std::string> tokens, std::string site = "") {
  const std::string name = "s" + std::to_string(100 + number);
  Server one = proven("https://" + name + (site.empty() ? "" : "." + site) + ".example", 1, last);
  one.key->public_key.replace(0, 4, name);
  one.key->public_key[0] = 'a';
  for (const std::string& token : tokens) one.rooms.push_back(room(token, 5, 1, last));
  return one;
}

static std::vector<std::string> many(int count) {
  std::vector<std::string> tokens;
  for (int i = 0; i < count; ++i) tokens.push_back("r" + std::to_string(i));
  return tokens;
}

// What is lost between the listing of `before` and that of `after` on day 20.
static Loss loss(const std::vector<Server>& before, const std::vector<Server>& after) {
  const World old{before};
  PreviousListing previous;
  for (const Server& one : old.servers()) previous.add(one);
  return Loss{previous, World{after, seconds_of(at(20))}.listing()};
}
static std::optional<std::string> refusal(const std::vector<Server>& before,
                                          const std::vector<Server>& after, int max_loss = 30) {
  return loss(before, after).refusal(max_loss);
}

static std::vector<Server> ten(int last, int silent = 0) {
  std::vector<Server> servers;
  for (int i = 0; i < 10; ++i) servers.push_back(server(i, i < silent ? 10 : last, {"cats"}));
  return servers;
}

static void a_loss_across_many_sites_is_refused() {
  check_that(!refusal(ten(19), ten(20)));
  check_that(refusal(ten(19), ten(20, 4))
                 .value_or("")
                 .starts_with("4 of 10 listed Communities would go, 40 % of the domains"));
  check_that(!refusal(ten(19), ten(20, 4), 40));
  check_that(!refusal(ten(19), ten(20, 3)));
  check_that(refusal(ten(19), ten(10)).value_or("").starts_with("nothing would be listed"));
}

static void the_loss_of_one_server_is_accepted_however_large() {
  std::vector<Server> before = ten(19), after = ten(20);
  before.push_back(server(50, 19, many(1000)));
  check_that(!refusal(before, after));
  before.push_back(server(51, 19, many(10)));
  before.push_back(server(52, 19, many(10)));
  check_that(!refusal(before, after));
  // Two of three: fewer sites than a fault of ours would hit.
  check_that(!refusal({before[0], before[1], before[2]}, {after[0]}));
}

static void many_servers_of_one_site_count_as_one() {
  std::vector<Server> before = ten(19);
  for (int i = 50; i < 300; ++i) before.push_back(server(i, 19, many(20), "crowd"));
  check_that(!refusal(before, ten(20)));
}

static void a_room_that_its_server_removes_is_no_loss() {
  std::vector<Server> before, after;
  for (int i = 0; i < 10; ++i) {
    before.push_back(server(i, 19, many(50)));
    after.push_back(server(i, 20, {"r0"}));
  }
  check_that(!refusal(before, after));
  check_that(loss(before, after).details() == "\n  490 left out by their own servers");
}

int main() {
  a_loss_across_many_sites_is_refused();
  the_loss_of_one_server_is_accepted_however_large();
  many_servers_of_one_site_count_as_one();
  a_room_that_its_server_removes_is_no_loss();
  return failures != 0;
}
