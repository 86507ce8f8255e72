// Which addresses are asked: what the previous listing adds, and what floods can't.
#include <algorithm>
#include <set>

#include "ask/ask_budget.hpp"
#include "ask/candidate.hpp"
#include "ask/previous_findings.hpp"
#include "ndjson/bad_lines.hpp"
#include "store/observation.hpp"
#include "world.hpp"

static Buckets& candidates(std::vector<std::string> addresses) {
  static std::vector<std::unique_ptr<Buckets>> all;
  static BadLines bad_lines{{}, "test"};
  all.push_back(std::make_unique<Buckets>(
      Merge{{{Server::kKind,
              {},
              false,
              [](const JsonView& record) { return candidates_of(from_json<Server>(record)); }}},
            [](const Server& server) -> const std::string& { return server.base_url; },
            [](Server&, const Server&) {}},
      std::size_t{1} << 20, bad_lines));
  for (const std::string& address : addresses) {
    Server server;
    server.base_url = address;
    const std::string text = to_text(server);
    all.back()->add({text, "test", 1});
  }
  return *all.back();
}

static std::vector<std::string> own_addresses(std::vector<std::string> named,
                                              const std::vector<Server>& listed) {
  PreviousFindings previous{candidates(std::move(named))};
  for (const Server& server : listed) previous.add(server);
  std::vector<std::string> addresses;
  for (const Server& own : previous.own_addresses()) addresses.push_back(own.base_url);
  return addresses;
}

static Server naming(Server server, std::string prints_url) {
  server.prints_url = std::move(prints_url);
  return server;
}

static void an_address_that_the_key_holder_names_is_a_candidate_once() {
  using Urls = std::vector<std::string>;
  const Server relay = naming(proven("https://relay.example", 1, 2), "http://sog.example");
  check_that((own_addresses({"https://relay.example"}, {relay}) == Urls{"http://sog.example"}));
  // A page names it already; or nobody names the server any more.
  check_that(own_addresses({"https://relay.example", "http://sog.example"}, {relay}).empty());
  check_that(own_addresses({"https://other.example"}, {relay}).empty());
  // It was asked and did not prove the key: not again. It proved the key: each time.
  Server silent = unproven("http://sog.example", 1, 2);
  silent.key.reset();
  check_that(own_addresses({"https://relay.example"}, {relay, silent}).empty());
  const Server itself = naming(proven("http://sog.example", 1, 2), "http://sog.example");
  Server both = relay;
  both.observations = {relay, itself};
  check_that((own_addresses({"https://relay.example"}, {both}) == Urls{"http://sog.example"}));
  // A word that can't be true, or that nobody proved, is none.
  check_that(own_addresses({"https://relay.example"},
                           {naming(proven("https://relay.example", 1, 2), "http://example.net")})
                 .empty());
  check_that(own_addresses({"https://relay.example"},
                           {naming(unproven("https://relay.example", 1, 2), "http://sog.example")})
                 .empty());
}

static FoundOn on(std::string source, std::string url) {
  FoundOn page;
  page.source = std::move(source);
  page.url = std::move(url);
  return page;
}

static std::vector<NamedAddress> flood(std::size_t count, std::size_t pages = 1) {
  std::vector<NamedAddress> addresses;
  for (std::size_t i = 0; i < count; ++i)
    addresses.push_back({"http://dead" + std::to_string(i) + ".example",
                         {on("wiki", "https://wiki.example/" + std::to_string(i % pages))},
                         ""});
  return addresses;
}

static void dead_links_are_limited_by_a_budget() {
  check_that(over_budget(flood(kMostUnansweredOfPage), "").empty());
  check_that(over_budget(flood(20'000), "").size() == 20'000 - kMostUnansweredOfPage);
  check_that(over_budget(flood(20'000, 50), "").size() == 20'000 - kMostUnansweredOfSource);
}

static void another_page_keeps_its_own_budget() {
  std::vector<NamedAddress> addresses = flood(20'000);
  addresses.push_back({"http://honest.example", {on("list", "https://list.example/")}, ""});
  // One that both pages name is paid by either.
  addresses[7].found_on.push_back(on("list", "https://list.example/"));
  const auto left_out = over_budget(addresses, "");
  for (const char* address : {"http://honest.example", "http://dead7.example"})
    check_that(!std::binary_search(left_out.begin(), left_out.end(), address));
}

static void a_domain_has_a_budget_and_its_longest_known_addresses_come_first() {
  std::vector<NamedAddress> addresses{{"http://honest.example", {}, at(5)}};
  for (std::size_t i = 0; i < 500; ++i)
    addresses.push_back({"http://h" + std::to_string(i) + ".crowd.example", {}, at(4)});
  addresses.push_back({"http://old.crowd.example", {}, at(3)});
  addresses.push_back({"http://new.crowd.example", {on("list", "https://list.example/")}, ""});
  const auto left_out = over_budget(addresses, "");
  const auto is_asked = [&](const char* address) {
    return !std::binary_search(left_out.begin(), left_out.end(), address);
  };
  check_that(left_out.size() == 502 - kMostOfDomain);
  check_that(is_asked("http://honest.example") && is_asked("http://old.crowd.example"));
  check_that(is_asked("http://new.crowd.example"));
}

static void of_a_domain_16_places_are_for_addresses_that_never_answered() {
  std::vector<NamedAddress> addresses;
  for (std::size_t i = 0; i < 500; ++i) {
    const std::string host = std::to_string(i) + ".crowd.example";
    addresses.push_back({"http://old" + host, {}, at(4)});
    addresses.push_back({"http://new" + host, {on("list", "https://list.example/")}, ""});
  }
  std::size_t old_ones = 500, new_ones = 500;
  for (const std::string& address : over_budget(addresses, ""))
    --(address.starts_with("http://new") ? new_ones : old_ones);
  check_that(new_ones == kUnansweredOfDomain);
  check_that(old_ones == kMostOfDomain - kUnansweredOfDomain);
  // Places that the others leave free.
  std::erase_if(addresses, [](const NamedAddress& one) {
    return one.base_url.starts_with("http://old") && one.base_url >= "http://old2";
  });  // 112 remain
  check_that(over_budget(addresses, "").size() == 612 - kMostOfDomain);
}

static void an_address_that_no_page_names_is_limited_by_its_domain() {
  std::vector<NamedAddress> addresses;
  for (std::size_t i = 0; i < 300; ++i)
    addresses.push_back({"http://own" + std::to_string(i) + ".crowd.example", {}, ""});
  check_that(over_budget(addresses, "").size() == 300 - kMostOfDomain);
}

static void every_address_is_probed_in_some_run() {
  std::set<std::string> never_asked;
  for (const NamedAddress& one : flood(600)) never_asked.insert(one.base_url);
  for (int run = 0; run < 40; ++run) {
    const auto left_out = over_budget(flood(600), std::to_string(run));
    std::erase_if(never_asked, [&](const std::string& address) {
      return !std::binary_search(left_out.begin(), left_out.end(), address);
    });
  }
  check_that(never_asked.empty());
}

static void nobody_outside_can_tell_which_addresses_are_chosen() {
  const auto seed = [](double seconds, const char* at) {
    Server silent;
    silent.base_url = "http://dead.example";
    silent.probe = Probe{};
    silent.probe->seconds = seconds;
    PreviousFindings previous{candidates({})};
    previous.add(silent);
    ListingEnd end;
    end.at = at;
    previous.add(end);
    return previous.seed();
  };
  check_that(seed(1.5, "2026-11-22T20:00:00Z") == seed(1.5, "2026-11-22T20:00:00Z"));
  check_that(seed(1.5, "2026-11-22T20:00:00Z") != seed(1.6, "2026-11-22T20:00:00Z"));
  check_that(seed(1.5, "2026-11-22T20:00:00Z") != seed(1.5, "2026-11-22T20:45:00Z"));
}

int main() {
  an_address_that_the_key_holder_names_is_a_candidate_once();
  dead_links_are_limited_by_a_budget();
  another_page_keeps_its_own_budget();
  a_domain_has_a_budget_and_its_longest_known_addresses_come_first();
  of_a_domain_16_places_are_for_addresses_that_never_answered();
  an_address_that_no_page_names_is_limited_by_its_domain();
  every_address_is_probed_in_some_run();
  nobody_outside_can_tell_which_addresses_are_chosen();
  return failures != 0;
}
