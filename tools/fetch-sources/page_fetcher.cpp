#include "page_fetcher.hpp"

#include <algorithm>
#include <utility>

namespace {

constexpr int kRedirects = 5;
constexpr double kLeastSeconds = 0.05;           // with less left, no try is made
constexpr double kLongestPause = kDay;           // the most that a server can ask for
constexpr std::int64_t kLowBytesPerSecond = 16;  // a slower page is given up
constexpr std::size_t kLongestValidator = 1024;

PageError error_of(PageFault fault, std::string text) { return {fault, std::move(text)}; }

// Whether a validator (ETag, Last-Modified) can be kept and sent back unchanged.
std::optional<std::string> validator(std::string_view value) {
  const bool is_plain =
      std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
  if (value.empty() || value.size() > kLongestValidator || !is_plain) return std::nullopt;
  return std::string{value};
}

}  // namespace

void PageFetcher::fetch(PageRequest request, Done done) {
  const Id id = ++last_id_;
  Fetch& fetch = fetches_[id];
  fetch.until = http_.seconds() + request.seconds;
  fetch.request = std::move(request);
  fetch.done = std::move(done);
  fetch.waits_for = http_.call_later(0, [this, id] { begin(id); });
}

void PageFetcher::begin(Id id) {
  Fetch& fetch = fetches_.at(id);
  fetch.cached = cache_.find(fetch.request.source, fetch.request.url);
  if (settings_.offline)
    return fall_back(id, PageFault::offline, "no request was made, because of --offline");
  if (fetch.cached && fetch.cached->not_before)
    // A later time comes from a wrong clock.
    if (const auto time = parse_rfc3339(*fetch.cached->not_before);
        time && *time > http_.time() && static_cast<double>(*time - http_.time()) <= kLongestPause)
      return fall_back(id, PageFault::not_before,
                       "the server wants no request before " + *fetch.cached->not_before);
  if (fetch.request.bytes == 0)
    return fall_back(id, PageFault::too_big,
                     "the pages of this source together are over the limit");
  const double seconds = seconds_left(fetch);
  if (seconds < kLeastSeconds) return end_of_time(id);
  fetch.alarm = http_.call_later(seconds, [this, id] { end_of_time(id); });
  try_once(id);
}

void PageFetcher::end_of_time(Id id) {
  Fetch& fetch = fetches_.at(id);
  http_.cancel(fetch.waits_for);
  fetch.status = 0;
  fall_back(id, PageFault::timeout, "the time for this source is over");
}

void PageFetcher::try_once(Id id) {
  Fetch& fetch = fetches_.at(id);
  ++fetch.tries;
  HttpRequest request;
  request.url = fetch.request.url;
  request.accept_encoding = true;
  request.cookies = true;
  request.limits.seconds = std::min(settings_.try_seconds, seconds_left(fetch));
  request.limits.connect_seconds = request.limits.seconds;
  request.limits.body_bytes = fetch.request.bytes;
  request.limits.low_bytes_per_second = kLowBytesPerSecond;
  request.limits.redirects = kRedirects;
  request.limits.redirects_same_host = !fetch.request.may_leave_host;
  if (fetch.cached && fetch.cached->has_body()) {
    if (fetch.cached->etag) request.headers.push_back("If-None-Match: " + *fetch.cached->etag);
    if (fetch.cached->last_modified)
      request.headers.push_back("If-Modified-Since: " + *fetch.cached->last_modified);
  }
  fetch.waits_for =
      http_.start(std::move(request), [this, id](const HttpAnswer& answer) { take(id, answer); });
}

void PageFetcher::take(Id id, const HttpAnswer& answer) {
  Fetch& fetch = fetches_.at(id);
  fetch.status = answer.status;
  Verdict verdict = judge(answer, {fetch.cached ? &*fetch.cached : nullptr, http_.time(),
                                   fetch.request.bytes, fetch.request.expect});
  switch (verdict.kind) {
    case Verdict::fresh:
    case Verdict::unchanged:
      return take_good(id, std::move(verdict), answer);
    case Verdict::unexpected:
      return take_unexpected(id, std::move(verdict), answer);
    case Verdict::retry:
      return try_later(id, verdict);
    case Verdict::failed:
      return fall_back(id, verdict.fault, std::move(verdict.text));
  }
}

void PageFetcher::take_good(Id id, Verdict verdict, const HttpAnswer& answer) {
  Fetch& fetch = fetches_.at(id);
  if (verdict.kind == Verdict::fresh) {
    CachedPage& page = fetch.cached.emplace();
    page.media_type = std::move(verdict.media_type);
    page.body = std::move(verdict.body);
    page.etag = validator(answer.header("etag"));
    page.last_modified = validator(answer.header("last-modified"));
  }
  CachedPage& page = *fetch.cached;
  page.url = fetch.request.url;
  page.final_url = answer.url;
  page.fetched_at = rfc3339(http_.time());
  page.not_before.reset();
  cache_.keep(fetch.request.source, page);
  finish(id, {answer.status, std::move(page.media_type), std::move(page.body), page.fetched_at,
              page.final_url, false, std::nullopt});
}

// Its links are better than none, but it never replaces the last good copy.
void PageFetcher::take_unexpected(Id id, Verdict verdict, const HttpAnswer& answer) {
  Fetch& fetch = fetches_.at(id);
  if (fetch.cached && may_replace_unexpected(*fetch.cached, http_.time()))
    return fall_back(id, verdict.fault, std::move(verdict.text));
  finish(id, {answer.status, std::move(verdict.media_type), std::move(verdict.body),
              rfc3339(http_.time()), answer.url, false,
              error_of(verdict.fault, std::move(verdict.text))});
}

void PageFetcher::try_later(Id id, const Verdict& verdict) {
  Fetch& fetch = fetches_.at(id);
  const double chance = std::uniform_real_distribution<double>{0, 1}(random_);
  const double pause = pause_after(fetch.tries, settings_.pause, chance);
  const double wait = std::max(pause, verdict.retry_after.value_or(0));
  if (fetch.tries >= settings_.tries || wait + kLeastSeconds > seconds_left(fetch)) {
    if (verdict.retry_after) remember_pause(fetch, *verdict.retry_after);
    return fall_back(id, verdict.fault, verdict.text);
  }
  fetch.waits_for = http_.call_later(wait, [this, id] { try_once(id); });
}

// The next run must wait, too.
void PageFetcher::remember_pause(Fetch& fetch, double seconds) {
  if (!fetch.cached) {
    fetch.cached.emplace();
    fetch.cached->url = fetch.request.url;
  }
  const double pause = std::min(seconds, kLongestPause);
  fetch.cached->not_before = rfc3339(http_.time() + static_cast<UnixTime>(pause));
  cache_.keep(fetch.request.source, *fetch.cached);
}

void PageFetcher::fall_back(Id id, PageFault fault, std::string text) {
  Fetch& fetch = fetches_.at(id);
  FetchedPage page;
  page.status = fetch.status;
  page.error = error_of(fault, std::move(text));
  page.final_url = fetch.request.url;
  page.fetched_at = rfc3339(http_.time());
  if (fetch.cached && fetch.cached->has_body()) {
    page.from_cache = true;
    page.media_type = std::move(fetch.cached->media_type);
    page.body = std::move(fetch.cached->body);
    page.fetched_at = fetch.cached->fetched_at;
    page.final_url = fetch.cached->final_url;
  }
  finish(id, std::move(page));
}

void PageFetcher::finish(Id id, FetchedPage page) {
  const auto node = fetches_.extract(id);
  http_.cancel(node.mapped().alarm);
  node.mapped().done(std::move(page));
}
