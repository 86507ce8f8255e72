#include "fetch_sources.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

#include "base/nearest.hpp"
#include "cli/errors.hpp"
#include "cli/progress.hpp"
#include "disk_cache.hpp"
#include "fetch_tally.hpp"
#include "http/curl_client.hpp"
#include "ndjson/line_writer.hpp"
#include "reorder_buffer.hpp"

namespace {

constexpr char kTool[] = "fetch-sources";

class Fetching {
 public:
  explicit Fetching(const FetchOptions& options)
      : options_{options},
        http_{options.policy},
        cache_{options.cache, [this](const std::string& message) { report(message); }},
        fetcher_{http_, cache_, options.settings} {}

  void add(CheckedSource source) {
    const std::size_t index = runs_.size();
    tally_.add_source(source.source.id);
    runs_.push_back(std::make_unique<SourceRun>(
        std::move(source), options_.bounds, http_, fetcher_, cache_,
        [this, index](std::size_t number, const Page& page) { take(index, number, page); },
        [this, index] { end(index); }));
  }

  void run() {
    for (const auto& run : runs_) run->start();
    http_.run();
    progress_.clear();
    out_.flush();
    sum_up();
    if (!tally_.is_empty() && !tally_.has_text())
      throw Failure{"no source answered, and the cache has no copy of any; the first error: " +
                    tally_.first_error()};
  }

  bool has_sources() const { return !runs_.empty(); }
  LineWriter& out() { return out_; }

 private:
  void report(const std::string& what) {
    progress_.clear();
    std::cerr << kTool << ": " << what << '\n';
  }

  void take(std::size_t source, std::size_t number, const Page& page) {
    tally_.count(source, page);
    if (options_.verbose && page.error)
      report(error_line(page) +
             (page.from_cache ? "; the copy of " + page.fetched_at + " is used" : ""));
    pages_.put(source, number, to_text(page));
    show_progress();
  }

  void end(std::size_t source) {
    pages_.close(source);
    tally_.end_source();
    show_progress();
  }

  void show_progress() {
    if (progress_.is_due()) progress_.show(std::string{kTool} + ": " + tally_.progress());
  }

  void sum_up() {
    FetchSummary summary = tally_.summary();
    const HttpClient::Counts counts = http_.counts();
    summary.requests = counts.requests;
    summary.blocked = counts.blocked;
    if (options_.verbose) report(text_of(summary));
    std::string text;
    fields::append(text, summary);
    options_.summary.write(text);
  }

  const FetchOptions& options_;
  Progress progress_;
  LineWriter out_;
  ReorderBuffer pages_{out_};
  CurlClient http_;
  DiskCache cache_;
  PageFetcher fetcher_;
  std::vector<std::unique_ptr<SourceRun>> runs_;
  FetchTally tally_;
};

// A list that names nothing is the wrong file, or lost its lines. A pipe and /dev/null may be
// empty.
void check_has_sources(const Fetching& fetching, const std::vector<std::string>& files) {
  const auto list = std::find_if(files.begin(), files.end(), [](const std::string& file) {
    std::error_code error;
    return std::filesystem::is_regular_file(file, error);
  });
  if (!fetching.has_sources() && list != files.end())
    throw Failure{
        *list +
        ": no source is in it; a source is a line like {\"kind\":\"source\",\"id\":\"wiki\","
        "\"url\":\"https://wiki.example/\"}"};
}

}  // namespace

int fetch_sources(const std::vector<std::string>& files, const FetchOptions& options) {
  Fetching fetching{options};
  JsonText memory;
  const int status = for_each_line(files, options.bad_lines, kTool, [&](const Line& line) {
    const JsonView json = line.json(memory);
    if (kind_of(json) == Source::kKind)
      fetching.add(CheckedSource{from_strict_json<Source>(json)});
    else if (kind_of(json).empty() ||
             !nearest_word(kind_of(json), std::array{Source::kKind}).empty())
      check_kind(kind_of(json), std::array{Source::kKind});  // a misspelt "source" is an error
    else
      fetching.out().write(line.text);
  });
  if (status == 0) check_has_sources(fetching, files);
  fetching.run();
  return status;
}
