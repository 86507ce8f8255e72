#include "verdict.hpp"

#include <cmath>

#include "base/ascii.hpp"
#include "charset.hpp"
#include "gzip/gunzip.hpp"
#include "http/retry_after.hpp"

namespace {

constexpr UnixTime kDistrustFor = 7 * kDay;
constexpr std::size_t kShrunk = 20;  // to less than this part

Verdict refused(Verdict::Kind kind, PageFault fault, std::string text) {
  Verdict verdict;
  verdict.kind = kind;
  verdict.fault = fault;
  verdict.text = std::move(text);
  return verdict;
}

Verdict judge_fault(const HttpAnswer& answer) {
  const bool may_pass =
      answer.fault == HttpFault::dns || answer.fault == HttpFault::proxy ||
      answer.fault == HttpFault::refused || answer.fault == HttpFault::timeout_connect ||
      answer.fault == HttpFault::timeout_read || answer.fault == HttpFault::broken;
  return refused(may_pass ? Verdict::retry : Verdict::failed,
                 parse_word<PageFault>(word_of(answer.fault)).value_or(PageFault::broken),
                 answer.error);
}

Verdict judge_status(const HttpAnswer& answer, UnixTime now) {
  const int status = answer.status;
  const bool may_pass = status == 408 || status == 429 || status >= 500;
  Verdict verdict = refused(may_pass ? Verdict::retry : Verdict::failed, PageFault::http_error,
                            "status " + std::to_string(status));
  if (status == 429 || status == 503)
    verdict.retry_after = retry_after(answer.header("retry-after"), now);
  return verdict;
}

bool is_young(const CachedPage& cached, UnixTime now) {
  return now - parse_rfc3339(cached.fetched_at).value_or(0) < kDistrustFor;
}

bool is_shrunk(const std::string& body, const AnswerContext& context) {
  if (trim(body).empty()) return true;
  const CachedPage* cached = context.cached;
  return cached && cached->has_body() && body.size() < cached->body.size() / kShrunk &&
         is_young(*cached, context.now);
}

bool is_expected(const std::string& body, const AnswerContext& context) {
  switch (context.expect.kind) {
    case Expectation::anything:
      return true;
    case Expectation::links:
      return may_hold_links(body);
    case Expectation::links_as_before:
      return !context.cached || !may_hold_links(context.cached->body) || may_hold_links(body);
    case Expectation::pattern:
      return context.expect.expression->is_in(body);
  }
  return true;
}

Verdict judge_text(std::string bytes, std::string_view content_type, const AnswerContext& context) {
  Verdict verdict;
  verdict.media_type = media_type_of(content_type);
  verdict.body = to_utf8(bytes, content_type);
  if (is_shrunk(verdict.body, context)) {
    const bool has_copy = context.cached && context.cached->has_body();
    return refused(
        Verdict::failed, PageFault::empty,
        "a page of " + std::to_string(bytes.size()) + " bytes" +
            (has_copy ? "; the last good copy has " + std::to_string(context.cached->body.size())
                      : ""));
  }
  if (is_expected(verdict.body, context)) return verdict;
  verdict.kind = Verdict::unexpected;
  verdict.fault = PageFault::unexpected;
  verdict.text = context.expect.kind == Expectation::pattern
                     ? "nothing on the page matches the source's \"expect\""
                     : "there is no \"public_key\" on the page";
  return verdict;
}

}  // namespace

Verdict judge(const HttpAnswer& answer, const AnswerContext& context) {
  if (answer.fault != HttpFault::ok) return judge_fault(answer);
  if (answer.status == 304 && context.cached && context.cached->has_body()) {
    Verdict verdict;
    verdict.kind = Verdict::unchanged;
    return verdict;
  }
  constexpr int kOk = 200, kTransformed = 203;  // 203: 200 through a proxy that changed the page
  if (answer.status != kOk && answer.status != kTransformed)
    return judge_status(answer, context.now);

  const std::string_view content_type = answer.header("content-type");
  if (is_gzip(answer.body)) {  // although the header does not say so
    auto text = gunzip(answer.body, context.most_bytes);
    if (!text)
      return refused(Verdict::failed,
                     text.why().is_too_big ? PageFault::too_big : PageFault::bad_encoding,
                     text.reason());
    return judge_text(std::move(*text), is_text(media_type_of(content_type)) ? content_type : "",
                      context);
  }
  const std::string type = media_type_of(content_type);
  if (!is_text(type)) return refused(Verdict::failed, PageFault::not_text, type);
  return judge_text(answer.body, content_type, context);
}

bool may_replace_unexpected(const CachedPage& cached, UnixTime now) {
  return cached.has_body() && is_young(cached, now);
}

double pause_after(int tries, double first, double chance) {
  return first * std::pow(2, tries - 1) * (0.5 + chance);
}
