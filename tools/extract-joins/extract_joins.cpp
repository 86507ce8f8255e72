#include "extract_joins.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base/time.hpp"
#include "cli/errors.hpp"
#include "explanation.hpp"
#include "html/readable_text.hpp"
#include "link_scanner.hpp"
#include "ndjson/input.hpp"
#include "ndjson/line_writer.hpp"
#include "page_links.hpp"
#include "record/join.hpp"
#include "record/near_miss.hpp"
#include "record/page.hpp"
#include "record/server.hpp"

namespace {

constexpr std::string_view kTool = "extract-joins";
// A bare document up to this size is kept in memory, so that it can be parsed.
constexpr std::size_t kWhole = 1 << 20;
// The total for all pages, so that no page delays a run for long.
constexpr std::chrono::seconds kParsingTime{60};

using Clock = std::chrono::steady_clock;

bool is_html(const Page& page, std::string_view body) {
  if (page.media_type == "text/html" || page.media_type == "application/xhtml+xml") return true;
  if (!page.media_type.empty()) return false;
  const auto begin = body.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return begin != std::string_view::npos && body[begin] == '<';
}

class Extraction {
 public:
  explicit Extraction(const ExtractOptions& options) : options_{options} {
    if (!options.near_misses.empty()) near_misses_.emplace(options.near_misses);
    if (!options.explain.empty()) explanation_.emplace(options.explain);
  }

  int run() {
    int status = kDone;
    if (options_.raw) {
      for (const std::string& file : options_.files) read_document(file);
      if (options_.files.empty()) read_document("-");
    } else {
      status = for_each_line(options_.files, options_.bad_lines, kTool,
                             [this](const Line& line) { read_record(line); });
    }
    if (explanation_) out_.write(explanation_->text());
    out_.flush();
    if (near_misses_) near_misses_->finish();
    sum_up();
    return explanation_ && !explanation_->is_found() ? kFailed : status;
  }

 private:
  void read_record(const Line& line) {
    const JsonView json = json_of(line);
    if (kind_of(json) != Page::kKind) {
      if (!explanation_) out_.write(line.text);
      return;
    }
    const std::string_view body = memory_.take("body");
    const Page page = from_json<Page>(json);
    PageLinks found;
    read_whole_text(page, body, found);
    finish(page, found);
  }

  JsonView json_of(const Line& line) {
    try {
      return line.json(memory_);
    } catch (const BadLine& bad) {
      if (line.number > 1 || line.text.starts_with('{')) throw;
      throw BadLine{bad.why + "; --raw reads a bare document (HTML, Markdown, any text)"};
    }
  }

  void read_whole_text(const Page& page, std::string_view text, PageLinks& found) {
    LinkScanner scanner{
        [&](std::string_view part, const LinkMatch& match) { add(page, part, 1, match, found); }};
    scanner.scan(text, true);
    if (found.meets_markup() && is_html(page, text)) parse(page, text, found);
  }

  void parse(const Page& page, std::string_view html, PageLinks& found) {
    if (parsing_ > kParsingTime)
      return note(page, "not parsed: the time for parsing, 60 seconds a run, is used up");
    const auto begin = Clock::now();
    const Result<std::string> text = readable_text(html);
    parsing_ += Clock::now() - begin;
    ++summary_.parsed;
    if (!text) return note(page, text.reason());
    LinkScanner scanner{[&](std::string_view part, const LinkMatch& match) {
      if (found.add_parsed(part, match) && explanation_)
        explanation_->add(page.url, part, 0, match);
    }};
    scanner.scan(*text, true);
  }

  void note(const Page& page, std::string_view what) {
    if (options_.verbose) std::cerr << kTool << ": " << printable(page.url) << ": " << what << '\n';
  }

  void read_document(const std::string& file) {
    Page page;
    page.url = !options_.url.empty() ? options_.url : file == "-" ? "stdin" : file;
    PageLinks found;
    std::size_t line = 1;
    LinkScanner scanner{[&](std::string_view part, const LinkMatch& match) {
      add(page, part, line, match, found);
    }};
    bool is_first = true;
    for_each_piece(file, kWhole, [&](std::string_view text, bool is_last) {
      if (std::exchange(is_first, false) && is_last) {
        read_whole_text(page, text, found);
        return text.size();
      }
      const std::size_t done = scanner.scan(text, is_last);
      if (explanation_)
        line += static_cast<std::size_t>(
            std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(done), '\n'));
      return done;
    });
    finish(page, found);
  }

  void add(const Page& page, std::string_view text, std::size_t line, const LinkMatch& match,
           PageLinks& found) {
    found.add(text, match);
    if (explanation_) explanation_->add(page.url, text, line, match);
  }

  void finish(const Page& page, const PageLinks& found) {
    SourceTally& tally = tallies_.of(page.source);
    tally.begin_page(found.misses().size());
    ++summary_.pages;
    summary_.near_misses += found.misses().size();
    if (explanation_) return explanation_->count_page();
    const std::size_t left_out = write_joins(page, found, tally);
    write_near_misses(page, found, left_out);
    if (!options_.raw) write_servers(page, found, tally);
  }

  FoundOn provenance(const Page& page, std::optional<std::string> as) const {
    FoundOn found_on;
    found_on.source = page.source;
    found_on.url = page.url;
    found_on.as = std::move(as);
    if (parse_rfc3339(page.fetched_at)) found_on.since = page.fetched_at;
    return found_on;
  }

  // Returns how many links are past the bounds.
  std::size_t write_joins(const Page& page, const PageLinks& found, SourceTally& tally) {
    std::size_t left_out = 0;
    for (const PageLinks::Link& link : found.links()) {
      if (!options_.raw && !tally.admit_link(link.base_url(), link.public_key())) {
        ++left_out;
        continue;
      }
      Join join;
      join.join_url = link.text;
      join.base_url = link.base_url();
      join.token = link.token();
      join.public_key = link.public_key();
      join.found_on.push_back(provenance(page, link.as));
      join.tags = page.tags;
      line_.clear();
      append_text(line_, join);
      out_.write(line_);
      ++summary_.joins;
    }
    return left_out;
  }

  void write_near_misses(const Page& page, const PageLinks& found, std::size_t left_out) {
    std::size_t count = 0;
    for (const PageLinks::Miss& miss : found.misses()) {
      if (count++ == bounds_.near_misses_per_page) break;
      write_near_miss(page, miss.as, miss.refusal);
    }
    if (left_out > 0)
      write_near_miss(
          page, "",
          {LinkFault::too_many,
           "too many links, servers or keys on a page or in a source; links left out: " +
               std::to_string(left_out)});
  }
  void write_near_miss(const Page& page, const std::string& as, const LinkRefusal& why) {
    if (near_misses_)
      near_misses_->write(to_text(NearMiss{page.source, page.url, as, {why.fault, why.text}, {}}));
    note(page, as.empty() ? why.text : "refused " + printable(as) + ": " + why.text);
  }

  // A near miss can still name a server, which can be probed without a key.
  void write_servers(const Page& page, const PageLinks& found, SourceTally& tally) {
    if (found.misses().empty()) return;
    std::unordered_set<std::string> known;
    for (const PageLinks::Link& link : found.links()) known.emplace(link.base_url());
    std::size_t count = 0;
    for (const PageLinks::Miss& miss : found.misses()) {
      if (!miss.base || count == bounds_.near_miss_servers_per_page) continue;
      Server server;
      server.base_url = miss.base->text();
      if (!known.insert(server.base_url).second) continue;
      if (!tally.admit_server(server.base_url)) continue;
      ++count;
      server.found_on.push_back(provenance(page, miss.as));
      out_.write(to_text(server));
    }
  }

  void sum_up() {
    summary_.sources = tallies_.counts();
    std::string counts;
    fields::append(counts, summary_);
    options_.summary.write(counts);
    if (options_.verbose)
      std::cerr << kTool << ": " << summary_.pages << " pages, " << summary_.joins << " joins, "
                << summary_.near_misses << " near misses; " << summary_.parsed
                << " pages parsed as HTML\n";
  }

  const ExtractOptions& options_;
  LineWriter out_;
  std::string line_;  // keeps its memory from one join to the next
  std::optional<LineFile> near_misses_;
  std::optional<Explanation> explanation_;
  JsonText memory_;
  LinkBounds bounds_;
  SourceTallies tallies_{bounds_};
  ExtractSummary summary_;
  Clock::duration parsing_{};
};

}  // namespace

int extract_joins(const ExtractOptions& options) { return Extraction{options}.run(); }
