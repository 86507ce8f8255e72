// Which rooms a server without a list is asked for.
#include <algorithm>
#include <cstdio>

#include "result.hpp"

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

static RoomHint hint(std::string token, std::string source, int pages = 1) {
  RoomHint one;
  one.token = std::move(token);
  for (int i = 0; i < pages; ++i) {
    FoundOn page;
    page.source = source;
    page.url = "https://" + source + ".example/" + std::to_string(i);
    one.found_on.push_back(page);
  }
  return one;
}

// A thousand links of one source, each on as many pages as it takes.
static Server flooded() {
  Server server;
  server.base_url = "https://sog.example";
  for (int i = 1000; i < 2000; ++i)
    server.room_hints.push_back(hint("bait" + std::to_string(i), "wiki", 9));
  return server;
}

static bool asks_for(const Server& server, const std::string& token) {
  const auto tokens = tokens_to_ask_for(server);
  return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

static void one_source_cant_take_all_places() {
  Server server = flooded();
  check(tokens_to_ask_for(server).size() == 50);
  server.room_hints.push_back(hint("zoo", "list"));
  check(asks_for(server, "zoo"));
}

static void every_room_of_a_source_is_asked_for_in_some_run() {
  Server server = flooded();
  server.room_hints.resize(200);
  server.room_hints.push_back(hint("zoo", "wiki"));
  int turns = 0;
  for (int day = 10; day < 30; ++day) {
    server.probe = Probe{};
    server.probe->at = "2026-11-" + std::to_string(day) + "T00:00:00Z";
    turns += asks_for(server, "zoo");
  }
  check(turns > 0 && turns < 20);
}

static void a_room_that_was_seen_before_comes_first() {
  Server server = flooded();
  server.room_hints.push_back(hint("zoo", "wiki"));
  server.room_hints.back().seen = "2026-11-01T00:00:00Z";
  check(tokens_to_ask_for(server).front() == "zoo");
}

int main() {
  one_source_cant_take_all_places();
  every_room_of_a_source_is_asked_for_in_some_run();
  a_room_that_was_seen_before_comes_first();
  return failures != 0;
}
