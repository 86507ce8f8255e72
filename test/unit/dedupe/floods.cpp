// What strangers can make the listing remember.
#include "store/observation.hpp"
#include "world.hpp"

// Servers below one domain, each with a key of its own.
static std::vector<Server> crowd(int first_number, int count, int first, int last) {
  std::vector<Server> servers;
  for (int number = first_number; number < first_number + count; ++number) {
    Server server = proven("http://h" + std::to_string(number) + ".crowd.example", first, last);
    server.key->public_key = std::to_string(100'000 + number) + std::string(58, '0');
    servers.push_back(server);
  }
  return servers;
}
static std::size_t count_of(const World& world, const std::string& domain) {
  std::size_t count = 0;
  for (const Server& server : world.servers()) count += server.base_url.ends_with(domain);
  return count;
}

static void a_domain_with_other_names_in_each_crawl_does_not_make_the_listing_grow() {
  std::vector<Server> listed{proven("http://sog.example", 1, 1)};
  for (int day = 1; day < 28; ++day) {
    for (const Server& server : crowd(day * 100, 100, day, day)) listed.push_back(server);
    listed = World{listed}.servers();
  }
  const World world{listed};
  check_that(count_of(world, ".crowd.example") == 2 * kMostOfDomain);  // answering, and silent
  check_that(count_of(world, "//sog.example") == 1);
}

static void an_address_with_another_key_in_each_crawl_does_not_make_the_listing_grow() {
  std::vector<Server> records;
  for (int number = 0; number < 800; ++number) {
    records.push_back(proven("http://h.crowd.example", 1 + number / 40, 1 + number / 40));
    records.back().key->public_key = std::to_string(100'000 + number) + std::string(58, '0');
  }
  // Those of the last four days answer within the grace.
  check_that(count_of(World{records}, ".crowd.example") == kMostOfDomain + 4 * 40);
}

static Server with_rooms(Server server, int count) {
  for (int i = 0; i < count; ++i) server.rooms.push_back(room("r" + std::to_string(i), 0, 1, 28));
  return server;
}

static void the_rooms_of_a_domain_are_limited() {
  std::vector<Server> records = crowd(0, 20, 1, 28);
  for (Server& server : records) server = with_rooms(server, 1000);
  // Each address of one key keeps its rooms.
  for (int i = 0; i < 20; ++i)
    records.push_back(
        with_rooms(proven("http://a" + std::to_string(i) + ".one.example", 1, 28), 1000));
  const World world{records};
  check_that(count_of(world, ".crowd.example") * 1000 == kMostRoomsOfDomain);
  check_that((1 + world.holder('1').aliases.size()) * 1000 == kMostRoomsOfDomain);
}

static void servers_with_many_rooms_keep_no_small_one_out() {
  std::vector<Server> records = crowd(0, 4, 1, 28);
  for (Server& server : records) server = with_rooms(server, 1000);
  records.push_back(with_rooms(proven("http://new.crowd.example", 27, 28), 300));
  const World world{records};
  check_that(world.holder('1').base_url == "http://new.crowd.example");
  check_that(count_of(world, ".crowd.example") == 4);
}

static void newcomers_with_few_rooms_push_out_no_server_that_is_known_longer() {
  std::vector<Server> records = crowd(0, 250, 20, 28);
  for (Server& server : records) server = with_rooms(server, 50);
  records.push_back(with_rooms(proven("http://old.crowd.example", 2, 28), 300));
  check_that(World{records}.holder('1').base_url == "http://old.crowd.example");
}

static void a_crowd_takes_no_record_of_a_silent_server() {
  std::vector<Server> records = crowd(0, 500, 1, 28);
  records.push_back(proven("http://away.crowd.example", 2, 20));
  const Server away = World{records}.holder('1');
  check_that(away.base_url == "http://away.crowd.example" && away.gone && away.first_seen == at(2));
}

static void in_a_private_network_each_server_counts_by_itself() {
  std::vector<Server> records;
  for (int number = 0; number < 400; ++number) {
    records.push_back(proven("http://127.0.0.1:" + std::to_string(8000 + number), 1, 1));
    records.back().key->public_key = std::to_string(100'000 + number) + std::string(58, '0');
  }
  check_that(World{records}.servers().size() >= 400);
}

static void the_servers_of_a_domain_that_are_known_longest_stay() {
  std::vector<Server> records = crowd(0, 500, 20, 28);
  records.push_back(proven("http://old.crowd.example", 2, 27));
  records.push_back(unproven("http://claim.crowd.example", 1, 28, '2'));
  const World world{records};
  check_that(world.holder('1').base_url == "http://old.crowd.example");
  check_that(world.holder('2').base_url.empty());
  // Those that answer come before those that did.
  std::vector<Server> gone = crowd(0, 500, 1, 5);
  gone.push_back(proven("http://new.crowd.example", 27, 28));
  check_that(World{gone}.holder('1').base_url == "http://new.crowd.example");
}

static void the_servers_that_people_list_are_exempt() {
  std::vector<Server> records = crowd(0, 500, 1, 28);
  records.push_back(proven("http://late.crowd.example", 27, 28));
  Vouched vouched;
  vouched.add(key_like('1'), "late.crowd.example");
  check_that(World(records, std::nullopt, vouched).holder('1').base_url ==
             "http://late.crowd.example");
}

static void links_to_rooms_that_do_not_exist_are_not_remembered() {
  Server server = proven("http://sog.example", 1, 2);
  server.first_seen.reset();  // as probe-servers writes it
  server.last_seen.reset();
  server.rooms = {room("Cats", 100, 1, 2)};
  for (const char* token : {"cats", "dogs", "flood1", "flood2"}) {
    RoomHint hint;
    hint.token = token;
    server.room_hints.push_back(hint);
  }
  const Server listed = World{{server}}.holder('1');
  check_that(listed.room_hints.size() == 1 && listed.room_hints.front().token == "cats");
}

int main() {
  a_domain_with_other_names_in_each_crawl_does_not_make_the_listing_grow();
  an_address_with_another_key_in_each_crawl_does_not_make_the_listing_grow();
  the_rooms_of_a_domain_are_limited();
  servers_with_many_rooms_keep_no_small_one_out();
  newcomers_with_few_rooms_push_out_no_server_that_is_known_longer();
  a_crowd_takes_no_record_of_a_silent_server();
  in_a_private_network_each_server_counts_by_itself();
  the_servers_of_a_domain_that_are_known_longest_stay();
  the_servers_that_people_list_are_exempt();
  links_to_rooms_that_do_not_exist_are_not_remembered();
  return failures != 0;
}
