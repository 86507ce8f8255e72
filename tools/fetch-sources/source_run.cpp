#include "source_run.hpp"

#include <algorithm>
#include <utility>

#include "file_page.hpp"
#include "links.hpp"

namespace {

constexpr std::size_t kAtOnce = 4;          // followed pages of one source
constexpr std::size_t kPagesWorth = 8;      // of bytes, from all pages of a source
constexpr std::size_t kMostLinks = 20'000;  // looked at on one page
constexpr std::size_t kLongestLink = 2048;  // that `follow` is tried on

}  // namespace

SourceRun::SourceRun(CheckedSource source, SourceBounds bounds, HttpClient& http,
                     PageFetcher& fetcher, PageCache& cache, Use use, Done done)
    : source_{std::move(source)},
      bounds_{bounds},
      http_{http},
      fetcher_{fetcher},
      cache_{cache},
      use_{std::move(use)},
      done_{std::move(done)} {}

void SourceRun::start() {
  const std::string& url = source_.source.url;
  urls_ = {url};
  until_ = http_.seconds() + bounds_.seconds;
  if (is_file_url(url))
    take_first(read_file_page(source_, static_cast<std::size_t>(bounds_.page_bytes), http_.time()));
  else
    fetch(0);
}

void SourceRun::fetch(std::size_t index) {
  PageRequest request;
  request.source = source_.source.id;
  request.url = urls_[index];
  request.may_leave_host = index == 0;
  const auto most = static_cast<std::size_t>(bounds_.page_bytes);
  request.bytes = std::min(most, most * kPagesWorth - std::min(bytes_, most * kPagesWorth));
  request.seconds = std::max(0.0, until_ - http_.seconds());
  if (index == 0)
    request.expect = source_.expectation();
  else
    request.expect.kind = Expectation::links_as_before;
  ++under_way_;
  fetcher_.fetch(std::move(request), [this, index](FetchedPage page) {
    --under_way_;
    if (index == 0)
      take_first(std::move(page));
    else
      take(index, std::move(page));
  });
}

void SourceRun::take_first(FetchedPage page) {
  knows_pages_ = !page.body.empty();
  if (source_.follow && knows_pages_) find_pages(page);
  take(0, std::move(page));
}

void SourceRun::find_pages(const FetchedPage& page) {
  const auto asked = parse_http_url(urls_[0]);
  const auto at = parse_http_url(page.final_url);
  if (!asked || !at) return;  // links of a file: page are not followed
  for (const HttpUrl& link : links_of(page.body, *at, kMostLinks)) {
    if (urls_.size() >= static_cast<std::size_t>(bounds_.pages)) return;
    const bool is_here = link.host == at->host || link.host == asked->host;
    const bool is_itself = link.text == at->text || link.text == asked->text;
    if (is_here && !is_itself && link.text.size() <= kLongestLink &&
        source_.follow->is_in(link.text))
      urls_.push_back(link.text);
  }
}

void SourceRun::take(std::size_t index, FetchedPage page) {
  ++pages_done_;
  bytes_ += page.body.size();
  use_(index, record_of(urls_[index], std::move(page)));
  while (under_way_ < kAtOnce && next_ < urls_.size()) fetch(next_++);
  if (pages_done_ < urls_.size()) return;
  if (knows_pages_) cache_.keep_only(source_.source.id, {urls_.begin(), urls_.end()});
  done_();
}

Page SourceRun::record_of(const std::string& url, FetchedPage from) const {
  Page page;
  page.source = source_.source.id;
  page.url = url;
  page.fetched_at = std::move(from.fetched_at);
  page.status = from.status;
  page.media_type = std::move(from.media_type);
  page.from_cache = from.from_cache;
  page.error = std::move(from.error);
  page.tags = source_.source.tags;
  page.body = std::move(from.body);
  return page;
}
