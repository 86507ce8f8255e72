#include "extract_joins.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <optional>
#include <utility>

#include "base/time.hpp"
#include "cli/errors.hpp"
#include "explanation.hpp"
#include "html/readable_text.hpp"
#include "link_scan.hpp"
#include "page_links.hpp"
#include "record/join.hpp"
#include "record/near_miss.hpp"
#include "record/page.hpp"

namespace {

constexpr std::string_view kTool = "extract-joins";
// A bare document up to this size is held whole, so that it can be parsed.
constexpr std::size_t kWhole = 1 << 20;

// All pages together may be parsed for so long: what strangers write must not
// hold up a run.
constexpr std::chrono::seconds kParsing{60};

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
      for (const std::string& file : options_.files) document(file);
      if (options_.files.empty()) document("-");
    } else {
      status = for_each_line(options_.files, options_.bad_lines, kTool,
                             [this](const Line& line) { record(line); });
    }
    if (explanation_) out_.write(explanation_->text());
    out_.flush();
    if (near_misses_) near_misses_->finish();
    if (options_.verbose)
      std::cerr << kTool << ": " << pages_ << " pages, " << joins_ << " joins, " << misses_
                << " near misses; " << parsed_ << " pages parsed as HTML\n";
    return explanation_ && !explanation_->is_found() ? kFailed : status;
  }

 private:
  void record(const Line& line) {
    const JsonView json = line.json(memory_);
    if (kind_of(json) != Page::kKind) {
      if (!explanation_) out_.write(line.text);
      return;
    }
    const std::string_view body = memory_.take("body");
    const Page page = from_json<Page>(json);
    PageLinks found;
    look_at(page, body, found);
    finish(page, found);
  }

  // Links in a text that is there as a whole.
  void look_at(const Page& page, std::string_view text, PageLinks& found) {
    LinkScan scan{[&](std::string_view part, const Sighting& sighting) {
      sight(page, part, 1, sighting, found);
    }};
    scan.look_at(text, true);
    if (found.meets_markup() && is_html(page, text)) parse(page, text, found);
  }

  void parse(const Page& page, std::string_view html, PageLinks& found) {
    if (parsing_ > kParsing) return note(page, "not parsed, because others took too long");
    const auto begin = std::chrono::steady_clock::now();
    const Result<std::string> text = readable_text(html);
    parsing_ += std::chrono::steady_clock::now() - begin;
    ++parsed_;
    if (!text) return note(page, text.reason());
    LinkScan scan{[&](std::string_view part, const Sighting& sighting) {
      if (found.add_parsed(part, sighting) && explanation_)
        explanation_->look_at(page.url, part, 0, sighting);
    }};
    scan.look_at(*text, true);
  }

  void note(const Page& page, std::string_view what) {
    if (options_.verbose) std::cerr << kTool << ": " << printable(page.url) << ": " << what << '\n';
  }

  void document(const std::string& file) {
    Page page;
    page.url = !options_.url.empty() ? options_.url : file == "-" ? "stdin" : file;
    PageLinks found;
    std::size_t line = 1;
    LinkScan scan{[&](std::string_view part, const Sighting& sighting) {
      sight(page, part, line, sighting, found);
    }};
    bool is_first = true;
    for_each_piece(file, kWhole, [&](std::string_view text, bool is_last) {
      if (std::exchange(is_first, false) && is_last) {
        look_at(page, text, found);
        return text.size();
      }
      const std::size_t done = scan.look_at(text, is_last);
      if (explanation_)
        line += static_cast<std::size_t>(
            std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(done), '\n'));
      return done;
    });
    finish(page, found);
  }

  void sight(const Page& page, std::string_view text, std::size_t line, const Sighting& sighting,
             PageLinks& found) {
    found.add(text, sighting);
    if (explanation_) explanation_->look_at(page.url, text, line, sighting);
  }

  void finish(const Page& page, const PageLinks& found) {
    ++pages_;
    joins_ += found.links().size();
    misses_ += found.misses().size();
    const std::optional<std::string> since =
        parse_rfc3339(page.fetched_at) ? std::optional{page.fetched_at} : std::nullopt;
    for (const PageLinks::Miss& miss : found.misses()) {
      if (near_misses_)
        near_misses_->write(to_text(NearMiss{page.source, page.url, miss.as, miss.reason, {}}));
      note(page, "refused " + printable(miss.as) + ": " + miss.reason);
    }
    if (explanation_) return explanation_->count_page();
    for (const PageLinks::Link& link : found.links()) {
      const Join join{link.text,
                      link.base_url(),
                      link.token(),
                      link.public_key(),
                      {{page.source, page.url, link.as, since, {}, {}}},
                      page.tags,
                      {}};
      out_.write(to_text(join));
    }
  }

  const ExtractOptions& options_;
  LineWriter out_;
  std::optional<LineFile> near_misses_;
  std::optional<Explanation> explanation_;
  JsonText memory_;
  std::size_t pages_ = 0, joins_ = 0, misses_ = 0, parsed_ = 0;
  std::chrono::steady_clock::duration parsing_{};
};

}  // namespace

int extract_joins(const ExtractOptions& options) { return Extraction{options}.run(); }
