#include "source_run.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "base/time.hpp"
#include "charset.hpp"
#include "cli/errors.hpp"
#include "links.hpp"
#include "ndjson/lines.hpp"

namespace {

constexpr std::size_t kAtOnce = 4;          // followed pages of one source
constexpr std::size_t kPagesWorth = 8;      // of bytes, from all pages of a source
constexpr std::size_t kMostLinks = 20'000;  // looked at on one page
constexpr std::size_t kLongestLink = 2048;  // std::regex recurses along the text

bool is_file(const std::string& url) { return url.rfind("file:", 0) == 0; }

std::string type_of_name(std::string_view path) {
  const auto ends_with = [path](std::string_view end) {
    return path.size() > end.size() && path.substr(path.size() - end.size()) == end;
  };
  if (ends_with(".html") || ends_with(".htm")) return "text/html";
  if (ends_with(".md")) return "text/markdown";
  if (ends_with(".json")) return "application/json";
  if (ends_with(".txt")) return "text/plain";
  return "";
}

// The path of file:name, relative to where we stand, or of file:///name; "" for other forms.
std::string path_of(const std::string& url) {
  std::string path = url.substr(5);
  if (path.rfind("//", 0) != 0) return path.empty() ? "" : path[0] == '/' ? path : "./" + path;
  return path.rfind("///", 0) == 0 ? path.substr(2) : "";
}

FetchedPage page_of_file(const std::string& url, std::size_t most) {
  const std::string path = path_of(url);
  FetchedPage page;
  page.fetched_at = rfc3339(now());
  page.final_url = url;
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    page.error = "file: " + path + ": expected a regular file";
  } else if (status.st_size > static_cast<off_t>(most)) {
    page.error = "too-big: more than " + std::to_string(most) + " bytes";
  } else {
    try {
      page.body = to_utf8(read_file(path), type_of_name(path));
      page.media_type = type_of_name(path);
    } catch (const Failure& failure) {
      page.error = "file: " + std::string{failure.what()};
    }
  }
  if (page.body.empty() && !page.error) page.error = "empty: a file of 0 bytes";
  return page;
}

}  // namespace

ReadySource::ReadySource(Source from) : source{std::move(from)} {
  if (source.id.empty()) throw BadLine{"\"id\" should not be empty"};
  if (is_file(source.url)) {
    if (path_of(source.url).empty()) throw BadLine{"\"url\" should be file:NAME or file:///NAME"};
  } else if (const auto url = parse_http_url(source.url); !url) {
    throw BadLine{"\"url\" should be a http:, https: or file: URL: " + url.reason()};
  }
  if (!source.follow) return;
  try {
    follow.emplace(*source.follow, std::regex::ECMAScript | std::regex::optimize);
  } catch (const std::regex_error& error) {
    throw BadLine{"\"follow\" should be a regular expression: " + std::string{error.what()}};
  }
}

SourceRun::SourceRun(ReadySource source, SourceBounds bounds, PageFetcher& fetcher,
                     const Copies& copies, Use use, Done done)
    : source_{std::move(source)},
      bounds_{bounds},
      fetcher_{fetcher},
      copies_{copies},
      use_{std::move(use)},
      done_{std::move(done)} {}

void SourceRun::start() {
  const std::string& url = source_.source.url;
  urls_ = {url};
  until_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                              std::chrono::duration<double>(bounds_.seconds));
  if (is_file(url))
    take_first(page_of_file(url, static_cast<std::size_t>(bounds_.page_bytes)));
  else
    fetch(0);
}

void SourceRun::fetch(std::size_t index) {
  PageWish wish;
  wish.source = source_.source.id;
  wish.url = urls_[index];
  wish.may_leave_host = index == 0;
  const auto most = static_cast<std::size_t>(bounds_.page_bytes);
  wish.bytes = std::min(most, most * kPagesWorth - std::min(bytes_, most * kPagesWorth));
  wish.seconds = std::max(0.0, std::chrono::duration<double>(until_ - Clock::now()).count());
  ++under_way_;
  fetcher_.fetch(std::move(wish), [this, index](FetchedPage page) {
    --under_way_;
    if (index == 0)
      take_first(std::move(page));
    else
      take(index, std::move(page));
  });
}

void SourceRun::take_first(FetchedPage page) {
  is_known_ = !page.body.empty();
  if (source_.follow && is_known_) find_pages(page);
  take(0, std::move(page));
}

void SourceRun::find_pages(const FetchedPage& page) {
  const auto asked = parse_http_url(urls_[0]);
  const auto at = parse_http_url(page.final_url);
  if (!asked || !at) return;  // of a file, nothing is followed
  for (const HttpUrl& link : links_of(page.body, *at, kMostLinks)) {
    if (urls_.size() >= static_cast<std::size_t>(bounds_.pages)) return;
    const bool is_here = link.host == at->host || link.host == asked->host;
    const bool is_itself = link.text == at->text || link.text == asked->text;
    if (is_here && !is_itself && link.text.size() <= kLongestLink &&
        std::regex_search(link.text, *source_.follow))
      urls_.push_back(link.text);
  }
}

void SourceRun::take(std::size_t index, FetchedPage page) {
  ++pages_done_;
  bytes_ += page.body.size();
  use_(index, record_of(urls_[index], std::move(page)));
  while (under_way_ < kAtOnce && next_ < urls_.size()) fetch(next_++);
  if (pages_done_ < urls_.size()) return;
  if (is_known_) copies_.drop_others(source_.source.id, {urls_.begin(), urls_.end()});
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
  page.others = source_.source.others;
  return page;
}
