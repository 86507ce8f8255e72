// One source: its page, and the pages that its `follow` leads to.
#pragma once

#include <functional>
#include <optional>
#include <regex>
#include <vector>

#include "page_fetcher.hpp"
#include "record/page.hpp"
#include "record/source.hpp"

struct SourceBounds {
  double seconds = 300;               // for all pages of a source
  std::int64_t pages = 500;           // of a source
  std::int64_t page_bytes = 8 << 20;  // of one page; of all pages of a source, eight times that
};

// A source that was checked, with its expression ready. Throws BadLine.
struct ReadySource {
  explicit ReadySource(Source source);
  Source source;
  std::optional<std::regex> follow;
};

class SourceRun {
 public:
  // Gets every page once, when it is there: 0 is the page of the source, then come
  // those it leads to as they stand on it.
  using Use = std::function<void(std::size_t index, Page page)>;
  using Done = std::function<void()>;  // called once, behind the last page

  SourceRun(ReadySource source, SourceBounds bounds, PageFetcher& fetcher, const Copies& copies,
            Use use, Done done);
  void start();

 private:
  void fetch(std::size_t index);
  void take_first(FetchedPage page);
  void find_pages(const FetchedPage& page);
  void take(std::size_t index, FetchedPage page);
  Page record_of(const std::string& url, FetchedPage page) const;

  using Clock = std::chrono::steady_clock;
  const ReadySource source_;
  const SourceBounds bounds_;
  PageFetcher& fetcher_;
  const Copies& copies_;
  Use use_;
  Done done_;
  Clock::time_point until_{};
  bool is_known_ = false;          // what it leads to
  std::vector<std::string> urls_;  // [0] is the source's own
  std::size_t next_ = 1, under_way_ = 0, pages_done_ = 0, bytes_ = 0;
};
