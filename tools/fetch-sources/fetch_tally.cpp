#include "fetch_tally.hpp"

void FetchTally::add_source(const std::string& id) {
  FetchedSource source;
  source.source = id;
  summary_.sources.push_back(std::move(source));
}

void FetchTally::count(std::size_t index, const Page& page) {
  FetchedSource& source = summary_.sources[index];
  ++source.pages;
  ++summary_.pages;
  summary_.bytes += page.body.size();
  source.from_cache += page.from_cache;
  summary_.from_cache += page.from_cache;
  if (page.body.empty())
    ++summary_.without_text;
  else if (!page.error)
    ++(page.status == 304 ? summary_.unchanged : summary_.fresh);
  if (!page.error) return;
  ++source.failed;
  ++errors_[std::string{word_of(page.error->code)}];
  if (!source.error) source.error = word_of(page.error->code);
  if (first_error_.empty()) first_error_ = error_line(page);
}

std::string FetchTally::progress() const {
  return std::to_string(done_) + " of " + std::to_string(summary_.sources.size()) + " sources, " +
         std::to_string(summary_.pages) + " pages";
}

FetchSummary FetchTally::summary() const {
  FetchSummary summary = summary_;
  Json::Object errors;
  for (const auto& [code, count] : errors_) errors.push_back({code, Json::integer(count)});
  summary.errors = Json{std::move(errors)};
  return summary;
}

std::string error_line(const Page& page) {
  return page.source + ": " + page.url + ": " + std::string{word_of(page.error->code)} + ": " +
         page.error->text;
}

std::string text_of(const FetchSummary& summary) {
  const auto many = [](std::int64_t number, const char* what) {
    return std::to_string(number) + " " + what;
  };
  return many(static_cast<std::int64_t>(summary.sources.size()), "sources, ") +
         many(summary.pages, "pages: ") + many(summary.fresh, "fresh, ") +
         many(summary.unchanged, "unchanged, ") + many(summary.from_cache, "from the cache, ") +
         many(summary.without_text, "without text; ") + many(summary.requests, "requests, ") +
         many(summary.blocked, "refused by the address guard, ") +
         many(summary.bytes, "bytes of text");
}
