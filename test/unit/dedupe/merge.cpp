// The merge is a semilattice: order, grouping and repetition leave no trace. The random
// records of test/dedupe/properties say so of the whole program; these say what wins.
#include "merge/merge.hpp"

#include "world.hpp"

static Server merged(Server a, const Server& b) {
  make_sets(a);
  Server other = b;
  make_sets(other);
  merge_observations(a, other);
  return a;
}

static void the_latest_answer_is_shown() {
  Server old = proven("https://sog.example", 1, 10), now = proven("https://sog.example", 5, 12);
  old.rooms = {room("cats", 5, 1, 10)};
  old.rooms[0].name = "Old";
  now.rooms = {room("cats", 5, 5, 12)};
  now.rooms[0].name = "New";
  for (const Server& server : {merged(old, now), merged(now, old)}) {
    check_that(server.rooms.size() == 1 && server.rooms[0].name == "New");
    check_that(server.rooms[0].first_seen == at(1) && server.rooms[0].last_seen == at(12));
    check_that(server.first_seen == at(1) && server.last_seen == at(12));
    check_that(to_text(merged(server, old)) == to_text(server));
  }
}

static void answers_of_the_same_time_merge_in_any_order() {
  Server one = proven("https://sog.example", 1, 10), other = proven("https://sog.example", 1, 10);
  one.prints_url = "https://a.example";
  other.prints_url = "https://b.example";
  one.capabilities = {"sogs"};
  other.capabilities = {"blind"};
  check_that(to_text(merged(one, other)) == to_text(merged(other, one)));
  check_that(merged(one, other).capabilities.size() == 2);
}

static void a_proof_stays_if_a_later_probe_shows_nothing() {
  Server then = proven("https://sog.example", 1, 10), now = unproven("https://sog.example", 1, 12);
  check_that(merged(then, now).key->status == KeyStatus::proven);
  check_that(merged(then, now).key->proven_at == at(10));
  now.key->status = KeyStatus::refuted;
  check_that(merged(then, now).key->status == KeyStatus::refuted);
}

static void an_answer_counts_before_a_failure_of_the_same_hour() {
  Probe good, bad;
  good.outcome = ProbeOutcome::ok;
  bad.outcome = ProbeOutcome::refused;
  good.at = "2026-11-20T20:00:00Z";
  bad.at = "2026-11-20T20:30:00Z";
  std::optional<Probe> probe{good};
  merge_probes(probe, bad);
  check_that(probe->outcome == ProbeOutcome::ok);
  bad.at = "2026-11-20T21:00:00Z";
  merge_probes(probe, bad);
  check_that(probe->outcome == ProbeOutcome::refused);
}

static void sets_keep_their_smallest_members() {
  std::vector<int> set;
  const auto itself = [](int value) { return value; };
  const auto nothing = [](int, int) {};
  for (int i = 9; i > 0; --i) merge_union(set, {i, i + 10}, itself, nothing, 5);
  check_that((set == std::vector{1, 2, 3, 4, 5}));
}

// Two vantage points, and the same twice: the largest count of each day.
static void a_day_keeps_its_largest_count_of_activity() {
  const auto seen = [](int day, int hour, std::int64_t count) {
    Server server = proven("https://sog.example", 1, day);
    server.last_seen = server.probe->at = at(day, hour);
    server.rooms = {room("cats", 5, 1, day)};
    server.rooms[0].last_seen = at(day, hour);
    server.rooms[0].message_sequence = count;
    return std::move(observations_of(server)[0]);
  };
  const Server morning = seen(3, 8, 70), evening = seen(3, 20, 90), next = seen(4, 8, 95);
  const std::string all = to_text(merged(merged(morning, evening), next));
  check_that(to_text(merged(next, merged(evening, morning))) == all);
  check_that(to_text(merged(merged(next, evening), merged(morning, evening))) == all);
  const Room room = merged(merged(morning, evening), next).rooms[0];
  check_that(room.users.size() == 2 && room.users[0].message_sequence == 90 &&
             room.users[1].message_sequence == 95);
}

static void the_latest_answer_gives_the_staff_of_the_server() {
  Server old = proven("https://sog.example", 1, 10), now = proven("https://sog.example", 5, 12);
  old.global_staff_count = 4;
  check_that(!merged(old, now).global_staff_count && !merged(now, old).global_staff_count);
  now.global_staff_count = 2;
  check_that(merged(old, now).global_staff_count == 2 && merged(now, old).global_staff_count == 2);
}

int main() {
  a_day_keeps_its_largest_count_of_activity();
  the_latest_answer_gives_the_staff_of_the_server();
  the_latest_answer_is_shown();
  answers_of_the_same_time_merge_in_any_order();
  a_proof_stays_if_a_later_probe_shows_nothing();
  an_answer_counts_before_a_failure_of_the_same_hour();
  sets_keep_their_smallest_members();
  return failures != 0;
}
