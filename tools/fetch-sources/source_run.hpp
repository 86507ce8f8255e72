// Fetches one source: its page, and the pages that its `follow` selects.
#pragma once

#include <functional>
#include <vector>

#include "checked_source.hpp"
#include "page_fetcher.hpp"
#include "record/page.hpp"

struct SourceBounds {
  double seconds = 300;               // for all pages of a source
  std::int64_t pages = 500;           // of a source
  std::int64_t page_bytes = 8 << 20;  // of one page; of all pages of a source, eight times that
};

class SourceRun {
 public:
  // Called once for every page, as soon as it is there. Page 0 is that of the source, the others
  // follow in the order of its links.
  using Use = std::function<void(std::size_t index, Page page)>;
  using Done = std::function<void()>;  // called once, after the last page

  SourceRun(CheckedSource source, SourceBounds bounds, HttpClient& http, PageFetcher& fetcher,
            PageCache& cache, Use use, Done done);
  void start();

 private:
  void fetch(std::size_t index);
  void take_first(FetchedPage page);
  void find_pages(const FetchedPage& page);
  void take(std::size_t index, FetchedPage page);
  Page record_of(const std::string& url, FetchedPage page) const;

  const CheckedSource source_;
  const SourceBounds bounds_;
  HttpClient& http_;
  PageFetcher& fetcher_;
  PageCache& cache_;
  Use use_;
  Done done_;
  double until_ = 0;               // of http_.seconds()
  bool knows_pages_ = false;       // urls_ is complete
  std::vector<std::string> urls_;  // [0] is the source's own
  std::size_t next_ = 1, under_way_ = 0, pages_done_ = 0, bytes_ = 0;
};
