// One page, without a network: retries, pauses, the cache and what is expected of a page, on a
// virtual clock.
#include "web.hpp"

namespace {

void an_overloaded_server_is_asked_again_after_growing_pauses() {
  Web web;
  web.replies[kUrl] = {reply(503, ""), fault(HttpFault::refused), reply(200, "at last")};
  MemoryCache cache;
  std::vector<double> asked;
  const FetchedPage page = fetch(web, cache, request_for(), kNow, {}, &asked);
  check(page.status == 200 && page.body == "at last" && !page.error && !page.from_cache);
  check(asked.size() == 3);
  const double first = asked[1] - asked[0] - 0.1, second = asked[2] - asked[1] - 0.1;
  check(first >= 0.5 && first <= 1.5 && second >= 1 && second <= 3);
}

void a_permanent_error_is_not_tried_again() {
  for (const int status : {301, 400, 401, 403, 404, 410, 418}) {
    Web web;
    web.replies[kUrl] = {reply(status, "no")};
    MemoryCache cache;
    const FetchedPage page = fetch(web, cache, request_for());
    check(web.requests.size() == 1 && page.status == status && code_of(page) == "http-error");
  }
  for (const int status : {408, 429, 500, 502, 599}) {
    Web web;
    web.replies[kUrl] = {reply(status, "no")};
    MemoryCache cache;
    fetch(web, cache, request_for());
    check(web.requests.size() == 3);
  }
}

void a_retry_waits_for_retry_after() {
  Web web;
  web.replies[kUrl] = {reply(429, "", {"retry-after: 40"}), reply(200, "thanks")};
  MemoryCache cache;
  std::vector<double> asked;
  check(fetch(web, cache, request_for(), kNow, {}, &asked).body == "thanks");
  check(asked.size() == 2 && asked[1] - asked[0] >= 40);
}

void retry_after_of_an_hour_also_holds_for_the_next_runs() {
  Web web;
  web.replies[kUrl] = {reply(200, "before"), reply(429, "", {"retry-after: 3600"}),
                       reply(200, "after")};
  MemoryCache cache;
  fetch(web, cache, request_for());
  FetchedPage page = fetch(web, cache, request_for());
  check(page.from_cache && page.body == "before" && code_of(page) == "http-error" &&
        page.status == 429);
  check(web.requests.size() == 2);
  page = fetch(web, cache, request_for(), kNow + 3000);
  check(page.from_cache && page.body == "before" && code_of(page) == "not-before" &&
        page.status == 0);
  check(web.requests.size() == 2);
  check(fetch(web, cache, request_for(), kNow + 3700).body == "after");
}

void retry_after_is_limited_to_a_day() {
  Web web;
  web.replies[kUrl] = {reply(503, "", {"retry-after: 99999999"})};
  MemoryCache cache;
  fetch(web, cache, request_for());
  check(*cache.pages.at({"list", kUrl}).not_before == rfc3339(kNow + kDay));
  cache.pages.at({"list", kUrl}).not_before = "2999-01-01T00:00:00Z";  // by a wrong clock
  fetch(web, cache, request_for());
  check(web.requests.size() == 2);
}

void a_source_has_a_limited_time() {
  Web web;
  ScriptedReply silent;
  silent.seconds = kNever;
  web.replies[kUrl] = {silent};
  MemoryCache cache;
  FetchSettings settings;
  settings.tries = 20;
  settings.try_seconds = 3;
  PageRequest request = request_for();
  request.seconds = 10;
  std::vector<double> asked;
  const FetchedPage page = fetch(web, cache, request, kNow, settings, &asked);
  check(code_of(page) == "timeout" || code_of(page) == "timeout-read");
  check(asked.size() >= 2 && asked.back() < 10);
  for (const HttpRequest& one : web.requests) check(one.limits.seconds <= 3);
  request.seconds = 0;
  check(code_of(fetch(web, cache, request)) == "timeout");
}

void a_cached_page_causes_a_conditional_request() {
  Web web;
  web.replies[kUrl] = {
      reply(200, "one", {"etag: \"a\"", "last-modified: Sun, 22 Nov 2026 20:00:00 GMT"}),
      reply(304, ""), reply(200, "two", {"etag: \"b\""}), reply(304, "")};
  MemoryCache cache;
  check(fetch(web, cache, request_for()).body == "one");
  check(web.requests[0].headers.empty());
  FetchedPage page = fetch(web, cache, request_for(), kNow + kDay);
  check(page.status == 304 && page.body == "one" && !page.from_cache && !page.error);
  check(page.fetched_at == rfc3339(kNow + kDay));
  check(web.requests[1].headers ==
        std::vector<std::string>(
            {"If-None-Match: \"a\"", "If-Modified-Since: Sun, 22 Nov 2026 20:00:00 GMT"}));
  page = fetch(web, cache, request_for());
  check(page.status == 200 && page.body == "two");
  check(fetch(web, cache, request_for()).body == "two");
  check(web.requests[3].headers == std::vector<std::string>{"If-None-Match: \"b\""});
}

void invalid_validators_are_not_sent_back() {
  for (const std::string& etag : {std::string{"\xff"}, std::string(1025, 'x'), std::string{}}) {
    Web web;
    web.replies[kUrl] = {reply(200, "one", {"etag: " + etag})};
    MemoryCache cache;
    fetch(web, cache, request_for());
    check(!cache.pages.at({"list", kUrl}).etag);
  }
  Web web;  // and a 304 that nobody asked for is no page
  web.replies[kUrl] = {reply(304, "")};
  MemoryCache cache;
  check(code_of(fetch(web, cache, request_for())) == "http-error");
}

void any_failure_gives_the_last_good_copy_with_its_age() {
  Web web;
  web.replies[kUrl] = {reply(200, "known")};
  MemoryCache cache;
  fetch(web, cache, request_for(), kNow - 40 * kDay);
  const auto gives_the_copy = [&](const ScriptedReply& answer, const std::string& code) {
    web.replies[kUrl] = {answer};
    const FetchedPage page = fetch(web, cache, request_for());
    const bool is_right = page.from_cache && page.body == "known" && code_of(page) == code &&
                          page.fetched_at == rfc3339(kNow - 40 * kDay);
    if (!is_right) std::printf("%s: %s\n", code.c_str(), code_of(page).c_str());
    return is_right;
  };
  for (const auto& [what, code] :
       std::map<HttpFault, std::string>{{HttpFault::dns, "dns"},
                                        {HttpFault::proxy, "proxy"},
                                        {HttpFault::refused, "refused"},
                                        {HttpFault::timeout_connect, "timeout-connect"},
                                        {HttpFault::timeout_read, "timeout-read"},
                                        {HttpFault::tls, "tls"},
                                        {HttpFault::blocked_address, "blocked-address"},
                                        {HttpFault::not_asked, "not-asked"},
                                        {HttpFault::too_big, "too-big"},
                                        {HttpFault::redirect, "redirect"},
                                        {HttpFault::bad_encoding, "bad-encoding"},
                                        {HttpFault::broken, "broken"}})
    check(gives_the_copy(fault(what), code));
  check(gives_the_copy(reply(500, "sorry"), "http-error"));
  check(gives_the_copy(reply(403, "forbidden"), "http-error"));
  check(gives_the_copy(reply(200, " \n\t "), "empty"));
  ScriptedReply image = reply(200, "x");
  image.answer.headers = {"content-type: image/png"};
  check(gives_the_copy(image, "not-text"));
}

void a_page_that_became_empty_replaces_the_copy_after_a_week() {
  Web web;
  web.replies[kUrl] = {reply(200, std::string(5000, 'x')), reply(200, "small")};
  MemoryCache cache;
  fetch(web, cache, request_for());
  const FetchedPage page = fetch(web, cache, request_for(), kNow + 6 * kDay);
  check(page.from_cache && code_of(page) == "empty" && page.body.size() == 5000);
  check(fetch(web, cache, request_for(), kNow + 8 * kDay).body == "small");
  web.replies[kUrl] = {reply(200, "  ")};  // but a blank page never is
  check(code_of(fetch(web, cache, request_for(), kNow + 80 * kDay)) == "empty");
}

void a_challenge_page_never_replaces_the_good_copy() {
  Web web;
  const std::string challenge = "<title>Just a moment...</title> enable JavaScript";
  web.replies[kUrl] = {reply(200, kLink), reply(200, challenge)};
  MemoryCache cache;
  PageRequest request = request_for();
  request.expect.kind = Expectation::links;
  fetch(web, cache, request);
  FetchedPage page = fetch(web, cache, request, kNow + 6 * kDay);
  check(page.from_cache && page.body == kLink && code_of(page) == "unexpected" &&
        page.status == 200);
  // After a week the copy is too old to speak for the page, which still counts as failed.
  page = fetch(web, cache, request, kNow + 8 * kDay);
  check(!page.from_cache && page.body == challenge && code_of(page) == "unexpected");
  check(cache.pages.at({"list", kUrl}).body == kLink);
  web.replies[kUrl] = {reply(200, kLink + " again")};
  check(!fetch(web, cache, request, kNow + 9 * kDay).error);
}

void an_unexpected_page_is_written_with_its_error_if_there_is_no_copy() {
  Web web;
  web.replies[kUrl] = {reply(200, "nothing here")};
  MemoryCache cache;
  PageRequest request = request_for();
  request.expect.kind = Expectation::links;
  const FetchedPage page = fetch(web, cache, request);
  check(page.body == "nothing here" && code_of(page) == "unexpected" && cache.pages.empty());
}

void expect_can_be_a_regular_expression() {
  Web web;
  web.replies[kUrl] = {
      reply(200, std::string(3000, 'x') + "view.php?id=7" + std::string(9000, 'x'))};
  MemoryCache cache;
  const auto code = [&](const std::string& expression) {
    const Pattern pattern{expression, "expect"};
    PageRequest request = request_for();
    request.expect = {Expectation::pattern, &pattern};
    return code_of(fetch(web, cache, request));
  };
  check(code("view\\.php\\?id=[0-9]+").empty());
  check(code("view.php").empty());
  check(code("").empty());
  check(code("^x").empty() && code("x$").empty());
  cache.pages.clear();
  check(code("^view") == "unexpected" && code("7$") == "unexpected" &&
        code("other") == "unexpected");
  check(may_hold_links("x?public_key=") && may_hold_links("public\\_key=") &&
        may_hold_links("public%5Fkey") && may_hold_links("public&lowbar;key"));
  check(!may_hold_links("public keyboards, not 'publi' but k e y") || may_hold_links("public key"));
  check(!may_hold_links("") && !may_hold_links("public") && !may_hold_links("key public"));
}

void status_203_is_a_page() {
  Web web;
  web.replies[kUrl] = {reply(203, "through a proxy")};
  MemoryCache cache;
  const FetchedPage page = fetch(web, cache, request_for());
  check(page.status == 203 && page.body == "through a proxy" && !page.error);
}

// What `printf page | gzip -n` gives, and a header that does not name it.
void gzip_without_a_header_is_unpacked() {
  const std::string packed{
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x2b\x48\x4c\x4f\x05\x00\x20\xb6\x0a\x14\x04\x00\x00"
      "\x00",
      24};
  const auto result = [&](const std::string& body, std::size_t most) {
    Web web;
    web.replies[kUrl] = {reply(200, body)};
    MemoryCache cache;
    PageRequest request = request_for();
    request.bytes = most;
    const FetchedPage page = fetch(web, cache, request);
    return page.error ? std::string{word_of(page.error->code)} : page.body;
  };
  check(result(packed, 100) == "page");
  check(result(packed, 3) == "too-big");
  check(result(packed.substr(0, 15), 100) == "bad-encoding");
  check(result("\x1f\x8b no gzip", 100) == "bad-encoding");
}

void offline_sends_no_request() {
  Web web;
  web.replies[kUrl] = {reply(200, "known")};
  MemoryCache cache;
  fetch(web, cache, request_for());
  FetchSettings settings;
  settings.offline = true;
  const FetchedPage page = fetch(web, cache, request_for(), kNow, settings);
  check(page.from_cache && page.body == "known" && code_of(page) == "offline");
  check(fetch(web, cache, request_for("https://other.example/"), kNow, settings).body.empty());
  check(web.requests.size() == 1);
}

}  // namespace

int main() {
  an_overloaded_server_is_asked_again_after_growing_pauses();
  a_permanent_error_is_not_tried_again();
  a_retry_waits_for_retry_after();
  retry_after_of_an_hour_also_holds_for_the_next_runs();
  retry_after_is_limited_to_a_day();
  a_source_has_a_limited_time();
  a_cached_page_causes_a_conditional_request();
  invalid_validators_are_not_sent_back();
  any_failure_gives_the_last_good_copy_with_its_age();
  a_page_that_became_empty_replaces_the_copy_after_a_week();
  a_challenge_page_never_replaces_the_good_copy();
  an_unexpected_page_is_written_with_its_error_if_there_is_no_copy();
  expect_can_be_a_regular_expression();
  status_203_is_a_page();
  gzip_without_a_header_is_unpacked();
  offline_sends_no_request();
  return failures != 0;
}
