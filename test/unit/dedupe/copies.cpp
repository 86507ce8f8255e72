// Which servers are copies of others, and whose identifier stays short.
#include "list/copies.hpp"

#include "world.hpp"

static Server with_rooms(Server server, int first, std::vector<std::string> tokens) {
  for (const std::string& token : tokens) server.rooms.push_back(room(token, 100, first, 28));
  return server;
}
static Vouched vouching_for(char key) {
  Vouched vouched;
  vouched.add(key_like(key));
  return vouched;
}

static void a_server_that_shows_the_rooms_a_week_later_is_the_copy() {
  const World world{{with_rooms(proven("http://old.example", 1, 28, '1'), 1, {"cats", "dogs"}),
                     with_rooms(proven("http://new.example", 9, 28, '2'), 9, {"cats", "dogs"})}};
  check_that(world.holder('2').copy_of == "11111111" && !world.holder('2').same_rooms_as);
  check_that(!world.holder('1').copy_of && !world.holder('1').same_rooms_as);
}

static void within_a_week_neither_is_the_copy() {
  const World world{{with_rooms(proven("http://old.example", 1, 28, '1'), 3, {"cats", "dogs"}),
                     with_rooms(proven("http://new.example", 7, 28, '2'), 7, {"cats", "dogs"})}};
  check_that(!world.holder('1').copy_of && !world.holder('2').copy_of);
  check_that(world.holder('1').same_rooms_as == "22222222");
  check_that(world.holder('2').same_rooms_as == "11111111");
}

static void a_server_with_mostly_its_own_rooms_is_not_marked() {
  const World world{
      {with_rooms(proven("http://large.example", 1, 28, '1'), 3, {"a", "b", "c", "cats"}),
       with_rooms(proven("http://small.example", 4, 28, '2'), 4, {"cats"})}};
  check_that(!world.holder('1').same_rooms_as);
  check_that(world.holder('2').same_rooms_as == "11111111");
}

static void a_server_that_shows_the_rooms_of_many_newcomers_after_them_is_named_on_none() {
  const World world{{with_rooms(proven("http://cats.example", 3, 28, '1'), 3, {"cats"}),
                     with_rooms(proven("http://dogs.example", 4, 28, '2'), 4, {"dogs"}),
                     with_rooms(proven("http://later.example", 20, 28, '4'), 20, {"owls"}),
                     with_rooms(proven("http://buy-coins.example", 5, 28, '3'), 5,
                                {"cats", "dogs", "owls", "x", "y"})}};
  check_that(!world.holder('1').same_rooms_as && !world.holder('2').same_rooms_as);
  check_that(!world.holder('3').same_rooms_as);
  check_that(world.holder('4').copy_of == "33333333");
}

static void rooms_that_are_gone_again_do_not_make_a_copy_a_server_of_its_own() {
  Server copy = with_rooms(proven("http://copy.example", 9, 28, '2'), 9, {"cats", "dogs"});
  for (const char* junk : {"a", "b", "c", "d", "e"}) copy.rooms.push_back(room(junk, 100, 9, 9));
  const std::vector<Server> records{
      with_rooms(proven("http://famous.example", 1, 28, '1'), 1, {"cats", "dogs"}), copy};
  check_that(World{records}.holder('2').copy_of == "11111111");
  // Nor does the original lose its claim to rooms that it shows no more.
  std::vector<Server> later = records;
  for (Room& gone : later[0].rooms) gone.last_seen = at(20);
  later[0].rooms.push_back(room("new", 100, 28, 28));
  check_that(World{later}.holder('2').copy_of == "11111111");
  check_that(!World{later}.holder('1').copy_of && !World{later}.holder('1').same_rooms_as);
}

static void a_server_that_people_vouch_for_is_the_original_on_a_new_listing_too() {
  const std::vector<Server> records{
      with_rooms(proven("http://copycat.example", 1, 28, '1'), 1, {"cats", "dogs", "own"}),
      with_rooms(proven("http://famous.example", 20, 28, '2'), 20, {"cats", "dogs"})};
  const World world{records, std::nullopt, vouching_for('2')};
  check_that(world.holder('1').copy_of == "22222222");
  check_that(!world.holder('2').copy_of && !world.holder('2').same_rooms_as);
  check_that(World{records}.holder('2').copy_of == "11111111");
}

static void a_claim_to_a_key_that_people_vouch_for_is_no_original() {
  // The server that people list is away for good, and somebody claims its key without proof.
  const World world{{with_rooms(proven("http://small.example", 1, 28, '1'), 1, {"cats", "dogs"}),
                     with_rooms(unproven("http://claim.example", 9, 28, '2'), 9, {"cats", "dogs"})},
                    std::nullopt,
                    vouching_for('2')};
  check_that(!world.holder('1').copy_of);
  check_that(world.holder('2').copy_of == "11111111");
}

static void a_copy_that_relays_its_original_is_a_copy_all_the_same() {
  const World world{
      {with_rooms(proven("http://famous.example", 1, 28, '1'), 1, {"cats", "dogs"}),
       with_rooms(proven("http://copycat.example", 9, 28, '2'), 9, {"cats", "dogs"}),
       with_rooms(proven("http://copycat.example", 10, 28, '1'), 10, {"cats", "dogs"})}};
  check_that(world.holder('2').copy_of == "11111111");
  check_that(world.holder('1').flags.empty());  // its own address has one key
}

static void a_host_with_another_key_is_no_copy_of_itself() {
  const World world{{with_rooms(proven("https://sog.example", 1, 18, '1'), 1, {"cats", "dogs"}),
                     with_rooms(proven("http://sog.example", 19, 28, '2'), 19, {"cats", "dogs"})}};
  check_that(!world.holder('2').copy_of && !world.holder('2').same_rooms_as);
  check_that(world.holder('2').flags == std::vector{ServerFlag::key_changed});
}

static void many_copies_push_out_no_original() {
  std::vector<RoomFingerprint> rooms{{7, 1000, 0}}, late{{7, 1000 + 8 * kDay, 0}}, first{{7, 0, 0}};
  std::vector<RoomsOfServer> servers(40, RoomsOfServer{first, false});
  servers.insert(servers.begin(), {late, true});
  const auto copying = find_copies(servers, [](auto, auto) { return false; });
  for (std::size_t i = 1; i < copying.size(); ++i) check_that(copying[i].copy_of == 0);
  check_that(copying[0].copy_of == Copying::kNone);
}

static Server with_key(Server server, const std::string& start) {
  server.key->public_key.replace(0, start.size(), start);
  return server;
}
static std::string id_at(const World& world, const std::string& base_url) {
  for (const Server& server : world.servers())
    if (server.base_url == base_url) return server.server_id.value_or("none");
  return "missing";
}

static void the_second_key_with_the_same_eight_digits_gets_a_longer_identifier() {
  const Server honest = with_key(proven("http://honest.example", 1, 28, '1'), "0123abcd4");
  const Server twin = with_key(proven("http://twin.example", 2, 28, '2'), "0123abcd5");
  const World world{{honest, twin}};
  check_that(id_at(world, "http://honest.example") == "0123abcd");
  check_that(id_at(world, "http://twin.example") == "0123abcd5");
  // Of one day, a claim does not come before a proof: which was asked first means nothing.
  Server claim = with_key(unproven("http://claim.example", 1, 28, '2'), "0123abcd5");
  claim.first_seen = at(1, 1);
  const World fresh{{honest, claim}};
  check_that(id_at(fresh, "http://honest.example") == "0123abcd");
  // Nor does one that is known longer: anybody can claim a key that begins like another.
  const World later{{with_key(proven("http://honest.example", 9, 28, '1'), "0123abcd4"), claim}};
  check_that(id_at(later, "http://honest.example") == "0123abcd");
  check_that(id_at(later, "http://claim.example") == "0123abcd5");
  const World vouched{{honest, claim}, std::nullopt, [&] {
                        Vouched people;
                        people.add(claim.key->public_key);
                        return people;
                      }()};
  check_that(id_at(vouched, "http://honest.example") == "0123abcd");
}

int main() {
  a_server_that_shows_the_rooms_a_week_later_is_the_copy();
  within_a_week_neither_is_the_copy();
  a_server_with_mostly_its_own_rooms_is_not_marked();
  a_server_that_shows_the_rooms_of_many_newcomers_after_them_is_named_on_none();
  rooms_that_are_gone_again_do_not_make_a_copy_a_server_of_its_own();
  a_server_that_people_vouch_for_is_the_original_on_a_new_listing_too();
  a_claim_to_a_key_that_people_vouch_for_is_no_original();
  a_copy_that_relays_its_original_is_a_copy_all_the_same();
  a_host_with_another_key_is_no_copy_of_itself();
  many_copies_push_out_no_original();
  the_second_key_with_the_same_eight_digits_gets_a_longer_identifier();
  return failures != 0;
}
