// What the first sealed batch to a server asks for, and when there is a second.
#include <cstdio>

#include "crawl.hpp"
#include "scripted_server.hpp"

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

namespace {

using Paths = std::vector<std::string>;

Server probe(ScriptedServer& server, const Server& candidate) {
  ScriptedClient http{[&server](const HttpRequest& request) { return server.reply(request); }};
  Server found;
  const ProbeSettings settings;
  Crawl crawl{http, settings, 1, [&](const Server& done) { found = done; }};
  crawl.add(candidate);
  crawl.run();
  return found;
}

std::string tokens_of(const Server& server) {
  std::string tokens;
  for (const Room& room : server.rooms)
    tokens += room.token + (room.joinable.value_or(false) ? "+" : "-");
  return tokens;
}

void one_batch_has_all_requests_for_a_listing() {
  ScriptedServer server{"s.example", {"lounge", "other"}};
  const Server found = probe(server, server.candidate({"lounge"}));
  check(server.requests == 1);
  check(server.asked == (Paths{"/capabilities", "/rooms", "/room/lounge", "/r/lounge/"}));
  check(tokens_of(found) == "lounge+other+" && found.prints_url == "http://s.example");
}

void without_a_hint_a_second_batch_asks_for_the_page_of_a_readable_room() {
  ScriptedServer server{"s.example"};
  const Server found = probe(server, server.candidate());
  check(server.requests == 2 && server.asked.back() == "/r/lounge/");
  check(tokens_of(found) == "lounge+" && found.prints_url == "http://s.example");
}

void a_server_without_pages_gets_no_second_batch() {
  ScriptedServer server{"s.example"};
  server.paths.erase("/r/lounge/");
  const Server found = probe(server, server.candidate({"lounge"}));
  check(server.requests == 1 && !found.prints_url);
}

void a_page_without_an_address_ends_the_search_for_one() {
  ScriptedServer server{"s.example", {"lounge", "other"}};
  server.paths["/r/lounge/"] = "\"<p>hello</p>\"";
  const Server found = probe(server, server.candidate({"lounge"}));
  check(server.requests == 1 && !found.prints_url);
}

void if_the_hinted_room_is_gone_another_page_is_asked_for() {
  ScriptedServer server{"s.example", {"lounge"}};
  const Server found = probe(server, server.candidate({"gone"}));
  check(server.requests == 2 && server.asked.back() == "/r/lounge/");
  check(tokens_of(found) == "lounge+" && found.prints_url == "http://s.example");
}

void rooms_of_links_that_the_list_lacks_are_asked_for() {
  ScriptedServer server{"s.example", {"lounge"}};
  for (const char* token : {"u1", "u2", "u3", "u4", "u5"})
    server.paths["/room/" + std::string{token}] = scripted_room(token);
  const Server found = probe(server, server.candidate({"lounge", "u1", "u2", "u3", "u4", "u5"}));
  check(server.requests == 2);
  check(tokens_of(found) == "lounge+u1+u2+u3+u4+u5+");
  check(found.rooms_from == RoomsFrom::onion);
}

void another_spelling_of_a_token_is_the_same_room() {
  ScriptedServer server{"s.example", {"lounge"}};
  server.paths["/room/LOUNGE"] = scripted_room("lounge");
  check(tokens_of(probe(server, server.candidate({"LOUNGE"}))) == "lounge+");
}

void a_known_server_is_asked_only_for_unlisted_rooms_of_links() {
  ScriptedServer server{"s.example", {"lounge", "other"}};
  Server candidate = server.candidate({"lounge", "other", "gone"});
  for (int i : {0, 1})
    candidate.room_hints[static_cast<std::size_t>(i)].seen = "2026-11-01T00:00:00Z";
  probe(server, candidate);
  check(server.requests == 1);
  check(server.asked == (Paths{"/capabilities", "/rooms", "/room/gone", "/r/lounge/"}));
}

void without_a_list_the_hinted_rooms_are_listed() {
  ScriptedServer server{"s.example", {"lounge"}};
  server.paths.erase("/rooms");
  const Server found = probe(server, server.candidate({"lounge"}));
  check(server.requests == 1 && tokens_of(found) == "lounge+");
  check(found.rooms_from == RoomsFrom::onion_hints);
}

void a_listed_room_that_lacks_what_clients_need_is_not_joinable() {
  ScriptedServer server{"s.example"};
  std::string& list = server.paths["/rooms"];
  list.replace(list.find("\"created\""), 9, "\"x\"");
  check(tokens_of(probe(server, server.candidate())) == "lounge-");
}

void a_listed_room_that_refuses_requests_is_not_joinable() {
  ScriptedServer server{"s.example"};
  server.paths.erase("/room/lounge");
  check(tokens_of(probe(server, server.candidate({"lounge"}))) == "lounge-");
}

void if_all_rooms_take_too_much_memory_requests_end() {
  ScriptedServer server{"s.example", std::vector<std::string>(1, "lounge")};
  std::string list;
  for (int i = 0; i < 100; ++i) list += (i ? "," : "") + scripted_room("r" + std::to_string(i));
  server.paths["/rooms"] = "[" + list + "]";
  const Server candidate = server.candidate();
  ScriptedClient http{[&server](const HttpRequest& request) { return server.reply(request); }};
  for (const bool is_full : {false, true}) {
    server.requests = 0;
    Congestion congestion{1};
    MemoryBudget memory;
    if (is_full) memory.add(128 << 20);
    const ProbeSettings settings;
    Requester requester{http, congestion, settings.budget, false, nullptr};
    ServerProbe server_probe{candidate, requester, memory, settings};
    auto task = server_probe.run();
    task.start([] {});
    http.run();
    const auto results = task.result();
    check(results.back().rooms.size() == 100);
    check(results.back().dropped.size() == (is_full ? 1 : 0));
    check(server.requests == (is_full ? 1 : 2));
  }
}

}  // namespace

int main() {
  one_batch_has_all_requests_for_a_listing();
  without_a_hint_a_second_batch_asks_for_the_page_of_a_readable_room();
  a_server_without_pages_gets_no_second_batch();
  a_page_without_an_address_ends_the_search_for_one();
  if_the_hinted_room_is_gone_another_page_is_asked_for();
  rooms_of_links_that_the_list_lacks_are_asked_for();
  another_spelling_of_a_token_is_the_same_room();
  a_known_server_is_asked_only_for_unlisted_rooms_of_links();
  without_a_list_the_hinted_rooms_are_listed();
  a_listed_room_that_lacks_what_clients_need_is_not_joinable();
  a_listed_room_that_refuses_requests_is_not_joinable();
  if_all_rooms_take_too_much_memory_requests_end();
  return failures != 0;
}
