#include "verdict.hpp"

#include <algorithm>
#include <cmath>

#include "charset.hpp"
#include "http/retry_after.hpp"

namespace {

constexpr UnixTime kBelieveShrunkAfter = 7 * 86400;
constexpr std::size_t kShrunk = 20;  // to less than this part

Verdict no(Verdict::Worth worth, std::string error) {
  Verdict verdict;
  verdict.worth = worth;
  verdict.error = std::move(error);
  return verdict;
}

Verdict judge_fault(const HttpAnswer& answer) {
  const bool may_pass = answer.fault == HttpFault::dns || answer.fault == HttpFault::refused ||
                        answer.fault == HttpFault::timeout_connect ||
                        answer.fault == HttpFault::timeout_read ||
                        answer.fault == HttpFault::broken;
  return no(may_pass ? Verdict::later : Verdict::hopeless,
            std::string{word_of(answer.fault)} + ": " + answer.error);
}

Verdict judge_status(const HttpAnswer& answer, UnixTime now) {
  const int status = answer.status;
  const bool may_pass = status == 408 || status == 429 || status >= 500;
  Verdict verdict = no(may_pass ? Verdict::later : Verdict::hopeless,
                       "http-error: status " + std::to_string(status));
  if (status == 429 || status == 503)
    verdict.come_back = retry_after(answer.header("retry-after"), now);
  return verdict;
}

bool is_shrunk(const std::string& body, const Copy* copy, UnixTime now) {
  if (body.find_first_not_of(" \t\r\n\v\f") == std::string::npos) return true;
  if (!copy || !copy->has_body() || body.size() >= copy->body.size() / kShrunk) return false;
  return now - parse_rfc3339(copy->fetched_at).value_or(0) < kBelieveShrunkAfter;
}

}  // namespace

Verdict judge(const HttpAnswer& answer, const Copy* copy, UnixTime now) {
  if (answer.fault != HttpFault::ok) return judge_fault(answer);
  if (answer.status == 304 && copy && copy->has_body()) return no(Verdict::unchanged, "");
  if (answer.status != 200) return judge_status(answer, now);

  const std::string_view content_type = answer.header("content-type");
  Verdict verdict;
  verdict.media_type = media_type_of(content_type);
  if (!is_text(verdict.media_type)) return no(Verdict::hopeless, "not-text: " + verdict.media_type);
  verdict.body = to_utf8(answer.body, content_type);
  if (is_shrunk(verdict.body, copy, now))
    return no(
        Verdict::hopeless,
        "empty: a page of " + std::to_string(answer.body.size()) + " bytes" +
            (copy && copy->has_body() ? ", where there were " + std::to_string(copy->body.size())
                                      : ""));
  return verdict;
}

double pause_after(int tries, double first, double chance) {
  return first * std::pow(2, tries - 1) * (0.5 + chance);
}
