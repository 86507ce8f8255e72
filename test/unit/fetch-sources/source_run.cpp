// The pages that a source leads to, without a network.
#include "source_run.hpp"

#include "web.hpp"

namespace {

// The pages of one source, as "URL BODY ERROR".
std::vector<std::string> pages_of(Web& web, PageCache& cache, const std::string& follow,
                                  SourceBounds bounds = {}) {
  Source source;
  source.id = "list";
  source.url = kUrl;
  if (!follow.empty()) source.follow = follow;
  ScriptedClient http{web.script(), kNow};
  PageFetcher fetcher{http, cache, {}};
  std::map<std::size_t, std::string> pages;
  int ends = 0;
  SourceRun run{CheckedSource{std::move(source)},
                bounds,
                http,
                fetcher,
                cache,
                [&](std::size_t index, const Page& page) {
                  pages[index] = page.url.substr(kUrl.size()) + " " + page.body.substr(0, 20) +
                                 " " + std::string{page.error ? word_of(page.error->code) : ""};
                },
                [&] { ++ends; }};
  run.start();
  http.run();
  check(ends == 1);
  std::vector<std::string> list;
  for (const auto& [index, text] : pages) list.push_back(text);
  return list;
}
using Lines = std::vector<std::string>;

void links_are_followed_in_page_order_once_on_the_same_host_and_one_level_deep() {
  Web web;
  web.replies[kUrl] = {reply(200,
                             "<a href='/v?id=3'> <a href='v?id=1&amp;x'> <a href='/other'> "
                             "<a href='https://else.example/v?id=9'> [x](/v?id=3) /v?id=5")};
  web.replies[kUrl + "v?id=3"] = {reply(200, "three <a href='/v?id=4'>")};
  web.replies[kUrl + "v?id=1&x"] = {reply(200, "one")};
  MemoryCache cache;
  const Lines pages = pages_of(web, cache, "/v\\?id=");
  check(pages.size() == 3);
  check(pages[1] == "v?id=3 three <a href='/v?id " && pages[2] == "v?id=1&x one ");
}

void the_number_of_pages_is_limited_and_the_cache_drops_the_others() {
  Web web;
  web.replies[kUrl] = {reply(200, "<a href='/1'> <a href='/2'> <a href='/3'>")};
  for (const char* path : {"1", "2", "3"}) web.replies[kUrl + path] = {reply(200, path)};
  MemoryCache cache;
  CachedPage other;
  other.url = kUrl;
  cache.keep("other", other);
  check(pages_of(web, cache, "[0-9]").size() == 4 && cache.pages.size() == 5);
  SourceBounds few;
  few.pages = 2;
  check(pages_of(web, cache, "[0-9]", few) == Lines({" <a href='/1'> <a hre ", "1 1 "}));
  check(cache.pages.size() == 3 && cache.pages.contains({"other", kUrl}));
}

void a_source_ends_when_its_pages_are_too_large_together() {
  Web web;
  web.replies[kUrl] = {reply(200, "<a href='/1'> <a href='/2'>" + std::string(70, ' '))};
  web.replies[kUrl + "1"] = {reply(200, "1")};
  MemoryCache cache;
  SourceBounds small;
  small.page_bytes = 10;  // of all pages: 80
  const Lines pages = pages_of(web, cache, "[0-9]", small);
  check(pages.size() == 3 && pages[1] == "1  too-big" && pages[2] == "2  too-big");
}

void a_followed_page_that_loses_its_links_keeps_its_copy() {
  Web web;
  web.replies[kUrl] = {reply(200, "<a href='/1'> <a href='/2'>")};
  web.replies[kUrl + "1"] = {reply(200, kLink), reply(200, "Just a moment")};
  web.replies[kUrl + "2"] = {reply(200, "never had a link")};
  MemoryCache cache;
  pages_of(web, cache, "[0-9]");
  const Lines pages = pages_of(web, cache, "[0-9]");
  check(pages[1] == "1 " + kLink.substr(0, 20) + " unexpected");
  check(pages[2] == "2 never had a link ");
}

void a_source_without_follow_should_contain_links() {
  Web web;
  web.replies[kUrl] = {reply(200, "nothing")};
  MemoryCache cache;
  check(pages_of(web, cache, "") == Lines{" nothing unexpected"});
  check(pages_of(web, cache, "[0-9]") == Lines{" nothing "});
}

void a_source_that_is_down_keeps_the_copies_of_its_pages() {
  Web web;
  web.replies[kUrl] = {reply(200, "<a href='/1'>"), fault(HttpFault::tls)};
  web.replies[kUrl + "1"] = {reply(200, "one"), fault(HttpFault::tls)};
  MemoryCache cache;
  pages_of(web, cache, "[0-9]");
  check(pages_of(web, cache, "[0-9]") == Lines({" <a href='/1'> tls", "1 one tls"}));
}

void four_pages_of_a_source_are_fetched_at_once() {
  Web web;
  std::string page;
  for (int i = 0; i < 9; ++i) {
    page += "<a href='/" + std::to_string(i) + "'> ";
    web.replies[kUrl + std::to_string(i)] = {reply(200, "x")};
  }
  web.replies[kUrl] = {reply(200, page)};
  Source source;
  source.id = "list";
  source.url = kUrl;
  source.follow = "[0-9]";
  ScriptedClient http{web.script(), kNow};
  MemoryCache cache;
  PageFetcher fetcher{http, cache, {}};
  std::size_t pages = 0;
  SourceRun run{CheckedSource{std::move(source)},           {},   http, fetcher, cache,
                [&](std::size_t, const Page&) { ++pages; }, [] {}};
  run.start();
  http.run();
  check(pages == 10 && http.most_open() == 4);
}

}  // namespace

int main() {
  links_are_followed_in_page_order_once_on_the_same_host_and_one_level_deep();
  the_number_of_pages_is_limited_and_the_cache_drops_the_others();
  a_source_ends_when_its_pages_are_too_large_together();
  a_followed_page_that_loses_its_links_keeps_its_copy();
  a_source_without_follow_should_contain_links();
  a_source_that_is_down_keeps_the_copies_of_its_pages();
  four_pages_of_a_source_are_fetched_at_once();
  return failures != 0;
}
