#include "page_fetcher.hpp"

#include <algorithm>
#include <utility>

#include "base/time.hpp"

namespace {

constexpr int kRedirects = 5;
constexpr double kLeastSeconds = 0.05;           // less is no time for a try
constexpr double kLongestSilence = 86400;        // that we promise to a server that asks for it
constexpr std::int64_t kLowBytesPerSecond = 16;  // slower than this is no page
constexpr std::size_t kLongestValidator = 1024;

// A validator that can be kept and sent back as it is.
std::optional<std::string> validator(std::string_view value) {
  const bool is_plain =
      std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
  if (value.empty() || value.size() > kLongestValidator || !is_plain) return std::nullopt;
  return std::string{value};
}

}  // namespace

double PageFetcher::seconds_left(const Fetch& fetch) {
  return std::chrono::duration<double>(fetch.until - Clock::now()).count();
}

void PageFetcher::fetch(PageWish wish, Done done) {
  const Id id = ++last_id_;
  Fetch& fetch = fetches_[id];
  fetch.until = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                   std::chrono::duration<double>(wish.seconds));
  fetch.wish = std::move(wish);
  fetch.done = std::move(done);
  fetch.waits_for = http_.call_later(0, [this, id] { begin(id); });
}

void PageFetcher::begin(Id id) {
  Fetch& fetch = fetches_.at(id);
  fetch.copy = copies_.find(fetch.wish.source, fetch.wish.url);
  if (settings_.offline) return fall_back(id, 0, "offline: nobody was asked");
  if (fetch.copy && fetch.copy->not_before)
    // A longer silence was promised under a wrong clock.
    if (const auto time = parse_rfc3339(*fetch.copy->not_before);
        time && *time > now() && static_cast<double>(*time - now()) <= kLongestSilence)
      return fall_back(id, 0,
                       "not-before: the server asked for silence until " + *fetch.copy->not_before);
  if (fetch.wish.bytes == 0)
    return fall_back(id, 0, "too-big: the pages of this source are too big together");
  const double seconds = seconds_left(fetch);
  if (seconds < kLeastSeconds) return end_of_time(id);
  fetch.alarm = http_.call_later(seconds, [this, id] { end_of_time(id); });
  try_once(id);
}

void PageFetcher::end_of_time(Id id) {
  http_.cancel(fetches_.at(id).waits_for);
  fall_back(id, 0, "timeout: the time for this source is over");
}

void PageFetcher::try_once(Id id) {
  Fetch& fetch = fetches_.at(id);
  ++fetch.tries;
  HttpRequest request;
  request.url = fetch.wish.url;
  request.accept_encoding = true;
  request.limits.seconds = std::min(settings_.try_seconds, seconds_left(fetch));
  request.limits.connect_seconds = request.limits.seconds;
  request.limits.body_bytes = fetch.wish.bytes;
  request.limits.low_bytes_per_second = kLowBytesPerSecond;
  request.limits.redirects = kRedirects;
  request.limits.redirects_same_host = !fetch.wish.may_leave_host;
  if (fetch.copy && fetch.copy->has_body()) {
    if (fetch.copy->etag) request.headers.push_back("If-None-Match: " + *fetch.copy->etag);
    if (fetch.copy->last_modified)
      request.headers.push_back("If-Modified-Since: " + *fetch.copy->last_modified);
  }
  fetch.waits_for =
      http_.start(std::move(request), [this, id](const HttpAnswer& answer) { take(id, answer); });
}

void PageFetcher::take(Id id, const HttpAnswer& answer) {
  Fetch& fetch = fetches_.at(id);
  Verdict verdict = judge(answer, fetch.copy ? &*fetch.copy : nullptr, now());
  switch (verdict.worth) {
    case Verdict::good: {
      Copy& copy = fetch.copy.emplace();
      copy.media_type = std::move(verdict.media_type);
      copy.body = std::move(verdict.body);
      copy.etag = validator(answer.header("etag"));
      copy.last_modified = validator(answer.header("last-modified"));
      [[fallthrough]];
    }
    case Verdict::unchanged: {
      Copy& copy = *fetch.copy;
      copy.url = fetch.wish.url;
      copy.final_url = answer.url;
      copy.fetched_at = rfc3339(now());
      copy.not_before.reset();
      copies_.keep(fetch.wish.source, copy);
      return finish(id, {answer.status, std::move(copy.media_type), std::move(copy.body),
                         copy.fetched_at, copy.final_url, false, std::nullopt});
    }
    case Verdict::later:
      return try_later(id, verdict, answer.status);
    case Verdict::hopeless:
      return fall_back(id, answer.status, verdict.error);
  }
}

void PageFetcher::try_later(Id id, const Verdict& verdict, std::int64_t status) {
  Fetch& fetch = fetches_.at(id);
  const double chance = std::uniform_real_distribution<double>{0, 1}(random_);
  const double pause = pause_after(fetch.tries, settings_.pause, chance);
  const double wait = std::max(pause, verdict.come_back.value_or(0));
  if (fetch.tries >= settings_.tries || wait + kLeastSeconds > seconds_left(fetch)) {
    if (verdict.come_back) remember_pause(fetch, *verdict.come_back);
    return fall_back(id, status, verdict.error);
  }
  fetch.waits_for = http_.call_later(wait, [this, id] { try_once(id); });
}

// The next run is bound by it, too.
void PageFetcher::remember_pause(Fetch& fetch, double seconds) {
  if (!fetch.copy) {
    fetch.copy.emplace();
    fetch.copy->url = fetch.wish.url;
  }
  const double silence = std::min(seconds, kLongestSilence);
  fetch.copy->not_before = rfc3339(now() + static_cast<UnixTime>(silence));
  copies_.keep(fetch.wish.source, *fetch.copy);
}

void PageFetcher::fall_back(Id id, std::int64_t status, std::string error) {
  Fetch& fetch = fetches_.at(id);
  FetchedPage page;
  page.status = status;
  page.error = std::move(error);
  page.final_url = fetch.wish.url;
  page.fetched_at = rfc3339(now());
  if (fetch.copy && fetch.copy->has_body()) {
    page.from_cache = true;
    page.media_type = std::move(fetch.copy->media_type);
    page.body = std::move(fetch.copy->body);
    page.fetched_at = fetch.copy->fetched_at;
    page.final_url = fetch.copy->final_url;
  }
  finish(id, std::move(page));
}

void PageFetcher::finish(Id id, FetchedPage page) {
  const auto node = fetches_.extract(id);
  http_.cancel(node.mapped().alarm);
  node.mapped().done(std::move(page));
}
