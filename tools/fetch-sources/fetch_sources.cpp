#include "fetch_sources.hpp"

#include <iostream>
#include <memory>

#include "cli/errors.hpp"
#include "cli/progress.hpp"
#include "http/curl_client.hpp"
#include "http/curl_client.hpp"
#include "outbox.hpp"

namespace {

constexpr char kTool[] = "fetch-sources";

class Fetching {
 public:
  explicit Fetching(const FetchOptions& options)
      : options_{options},
        http_{options.policy},
        copies_{options.cache, [this](const std::string& note) { say(note); }},
        fetcher_{http_, copies_, options.settings} {}

  void add(ReadySource ready) {
    const std::size_t source = runs_.size();
    runs_.push_back(std::make_unique<SourceRun>(
        std::move(ready), options_.bounds, fetcher_, copies_,
        [this, source](std::size_t index, const Page& page) { take(source, index, page); },
        [this, source] { end(source); }));
  }

  void run() {
    for (const auto& run : runs_) run->start();
    http_.run();
    progress_.clear();
    out_.flush();
    if (options_.verbose) sum_up();
    if (!runs_.empty() && with_body_ == 0)
      throw Failure{"no source answered, and there is no copy of any; the first: " + first_error_};
  }

  LineWriter& out() { return out_; }

 private:
  void say(const std::string& what) {
    progress_.clear();
    std::cerr << kTool << ": " << what << '\n';
  }

  void take(std::size_t source, std::size_t index, const Page& page) {
    count(page);
    outbox_.put(source, index, to_text(page));
    show_progress();
  }

  void end(std::size_t source) {
    outbox_.close(source);
    ++done_;
    show_progress();
  }

  void show_progress() {
    if (progress_.is_due())
      progress_.show(std::string{kTool} + ": " + std::to_string(done_) + " of " +
                     std::to_string(runs_.size()) + " sources, " + std::to_string(pages_) +
                     " pages");
  }

  void count(const Page& page) {
    ++pages_;
    bytes_ += page.body.size();
    with_body_ += !page.body.empty();
    unchanged_ += page.status == 304 && !page.error;
    from_cache_ += page.from_cache;
    if (!page.error) return;
    const std::string error = page.source + ": " + page.url + ": " + *page.error;
    if (first_error_.empty()) first_error_ = error;
    if (options_.verbose)
      say(error + (page.from_cache ? "; its copy of " + page.fetched_at + " is used" : ""));
  }

  void sum_up() {
    const HttpClient::Counts counts = http_.counts();
    const auto many = [](std::uint64_t number, const char* what) {
      return std::to_string(number) + " " + what;
    };
    say(many(runs_.size(), "sources, ") + many(pages_, "pages: ") +
        many(with_body_ - unchanged_ - from_cache_, "fresh, ") + many(unchanged_, "unchanged, ") +
        many(from_cache_, "from copies, ") + many(pages_ - with_body_, "without text; ") +
        many(counts.requests, "requests, ") +
        many(counts.blocked, "refused by the address guard, ") + many(bytes_, "bytes of text"));
  }

  const FetchOptions& options_;
  Progress progress_;
  LineWriter out_;
  Outbox outbox_{out_};
  CurlClient http_;
  Copies copies_;
  PageFetcher fetcher_;
  std::vector<std::unique_ptr<SourceRun>> runs_;
  std::size_t done_ = 0;
  std::size_t pages_ = 0, with_body_ = 0, unchanged_ = 0, from_cache_ = 0, bytes_ = 0;
  std::string first_error_;
};

}  // namespace

int fetch_sources(const std::vector<std::string>& files, const FetchOptions& options) {
  Fetching fetching{options};
  const int status = for_each_line(files, options.bad_lines, kTool, [&](const Line& line) {
    const Json json = line.json();
    if (kind_of(json) == Source::kKind)
      fetching.add(ReadySource{from_json<Source>(json)});
    else
      fetching.out().write(line.text);
  });
  fetching.run();
  return status;
}
