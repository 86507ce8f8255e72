// When servers and rooms were gone, and back.
#include "merge/history.hpp"

#include "world.hpp"

static Rules on_day(int day) { return {seconds_of(at(day)), 3 * kDay}; }

static void a_silent_server_is_gone_at_the_end_of_the_grace() {
  const Server server = proven("https://sog.example", 1, 10);
  check_that(!gone_since(server, on_day(13)));
  check_that(gone_since(server, on_day(14)) == at(13));
}

static void a_server_with_a_refuted_key_is_gone_from_that_time() {
  Server server = proven("https://sog.example", 1, 10);
  server.key->status = KeyStatus::refuted;
  server.key->judged_at = at(11);
  check_that(gone_since(server, on_day(11)) == at(11));
}

static DayOfAnswers answered(int day, std::int64_t hours) {
  return {at(day).substr(0, 10), hours, hours};
}

static void a_room_is_gone_with_the_third_answer_without_it() {
  Server server = proven("https://sog.example", 1, 10);
  const Room shown = room("cats", 5, 1, 9);
  server.answers = {answered(9, 1 << 12 | 1 << 13), answered(10, 1 << 1)};
  check_that(!gone_since(server, shown, on_day(10)));
  server.answers = {answered(9, 1 << 12 | 1 << 13), answered(10, 1 << 1 | 1 << 5 | 1 << 9)};
  check_that(gone_since(server, shown, on_day(10)) == at(10, 5));
  // An hour without an answer is not one without the room.
  server.answers = {{at(10).substr(0, 10), 0xffffff, 0}};
  check_that(!gone_since(server, shown, on_day(10)));
}

static void a_room_that_was_missing_longer_than_the_grace_counts_as_returned() {
  Room shown = room("cats", 5, 1, 20);
  for (const int day : {1, 2, 5, 6}) shown.users.push_back({at(day).substr(0, 10), 7, {}});
  check_that(!returned_on(shown, on_day(20)));
  shown.users.push_back({at(10).substr(0, 10), 7, {}});
  check_that(returned_on(shown, on_day(20)) == "2026-11-10T00:00:00Z");
}

static void an_address_that_never_answered_is_forgotten_after_two_days() {
  Server silent;
  silent.base_url = "http://dead.example";
  silent.probe = Probe{};
  silent.probe->outcome = ProbeOutcome::dns;
  silent.probe->at = at(10);
  const auto is_known = [](const Server& one, int day) {
    return !World{{one}, seconds_of(at(day))}.servers().empty();
  };
  check_that(is_known(silent, 12));
  check_that(!is_known(silent, 13));
  // While it is not due, it can't be asked: then a page may still name it.
  silent.probe->not_before = at(15);
  check_that(is_known(silent, 17));
  check_that(!is_known(silent, 18));
  // Of an address that answers, or whose other scheme does, every probe counts.
  silent.base_url = "http://sog.example";
  check_that(World({silent, proven("https://sog.example", 1, 25)}, seconds_of(at(25)))
                 .holder('1')
                 .observations.size() == 2);
}

int main() {
  a_silent_server_is_gone_at_the_end_of_the_grace();
  a_server_with_a_refuted_key_is_gone_from_that_time();
  a_room_is_gone_with_the_third_answer_without_it();
  a_room_that_was_missing_longer_than_the_grace_counts_as_returned();
  an_address_that_never_answered_is_forgotten_after_two_days();
  return failures != 0;
}
