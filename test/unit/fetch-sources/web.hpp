// A web of scripted replies and a cache in memory, for the unit checks of fetch-sources.
#pragma once

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "http/scripted_client.hpp"
#include "page_fetcher.hpp"

inline int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

inline constexpr UnixTime kNow = 1'795'000'000;
inline const std::string kUrl = "https://list.example/";
inline const std::string kLink =
    "http://sog.example/cats?public_key="
    "a03c383cf63c3c4efe67acc52112a6dd734b3a946b9545f488aaa93da7991238";

struct MemoryCache : PageCache {
  std::map<std::pair<std::string, std::string>, CachedPage> pages;

  std::optional<CachedPage> find(const std::string& source, const std::string& url) const override {
    const auto found = pages.find({source, url});
    return found == pages.end() ? std::nullopt : std::optional{found->second};
  }
  void keep(const std::string& source, const CachedPage& page) override {
    pages[{source, page.url}] = page;
  }
  void keep_only(const std::string& source, const std::set<std::string>& urls) override {
    std::erase_if(pages, [&](const auto& entry) {
      return entry.first.first == source && !urls.contains(entry.first.second);
    });
  }
};

inline ScriptedReply reply(int status, std::string body, std::vector<std::string> headers = {}) {
  ScriptedReply made;
  made.answer.status = status;
  made.answer.body = std::move(body);
  made.answer.headers = std::move(headers);
  made.answer.headers.emplace_back("content-type: text/html");
  made.seconds = 0.1;
  return made;
}
inline ScriptedReply fault(HttpFault what) {
  ScriptedReply made;
  made.answer.fault = what;
  made.answer.error = "as scripted";
  made.seconds = 0.1;
  return made;
}

// The network of one test: each URL gives its replies one after the other, the last for ever.
struct Web {
  std::map<std::string, std::vector<ScriptedReply>> replies;
  std::vector<HttpRequest> requests;

  ScriptedClient::Script script() {
    return [this](const HttpRequest& request) {
      requests.push_back(request);
      auto& list = replies[request.url];
      if (list.empty()) return reply(404, "");
      const ScriptedReply next = list.front();
      if (list.size() > 1) list.erase(list.begin());
      return next;
    };
  }
};

// What a page becomes at a time of day; `asked` gets the times of the requests.
inline FetchedPage fetch(Web& web, PageCache& cache, PageRequest request, UnixTime at = kNow,
                         FetchSettings settings = {}, std::vector<double>* asked = nullptr) {
  ScriptedClient http{web.script(), at};
  PageFetcher fetcher{http, cache, settings};
  FetchedPage fetched;
  int times = 0;
  fetcher.fetch(std::move(request), [&](FetchedPage page) {
    fetched = std::move(page);
    ++times;
  });
  http.run();
  check(times == 1);
  if (asked)
    for (const auto& one : http.asked()) asked->push_back(one.at);
  return fetched;
}
inline PageRequest request_for(const std::string& url = kUrl) {
  PageRequest request;
  request.source = "list";
  request.url = url;
  return request;
}
inline std::string code_of(const FetchedPage& page) {
  return std::string{page.error ? word_of(page.error->code) : ""};
}
