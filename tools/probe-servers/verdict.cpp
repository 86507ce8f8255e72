#include "verdict.hpp"

#include <algorithm>

#include "http/retry_after.hpp"
#include "text/clean.hpp"
#include "url/host.hpp"

namespace {

constexpr UnixTime kLongestRetryAfter = 6 * 3600, kLongestProvenRetryAfter = kDay;
constexpr UnixTime kShortestBackOff = 30 * 60, kLongestBackOff = 7 * kDay;
constexpr UnixTime kLongestBackOffOfKnown = kDay;

// Whether the body is text, such as a page or a message; ciphertext looks like noise.
bool is_text(std::string_view body) { return mend_utf8(body) == body; }

std::string status_text(const HttpAnswer& answer) {
  return "HTTP status " + std::to_string(answer.status);
}

// Outcome and fault use the same words. A probe asks for no compression, so bad_encoding counts as
// broken.
constexpr ProbeOutcome outcome_of(HttpFault fault) {
  if (fault == HttpFault::bad_encoding) return ProbeOutcome::broken;
  return *parse_word<ProbeOutcome>(word_of(fault));
}
constexpr bool has_an_outcome_for_each_fault() {
  for (std::size_t fault = 0; fault < kWords<HttpFault>.size(); ++fault)
    outcome_of(static_cast<HttpFault>(fault));
  return true;
}
static_assert(has_an_outcome_for_each_fault());

KeyVerdict verdict(KeyAnswer answer, std::string reason) {
  KeyVerdict made;
  made.answer = answer;
  made.reason = std::move(reason);
  return made;
}

}  // namespace

bool is_http_answer(const HttpAnswer& answer) {
  return answer.fault == HttpFault::ok || answer.fault == HttpFault::too_big ||
         answer.fault == HttpFault::redirect;
}

KeyVerdict no_answer(const HttpAnswer& answer) {
  return verdict(KeyAnswer::none, "no answer: " + answer.error);
}

KeyVerdict judge_v4(const SealedRequest& sealed, const HttpAnswer& answer) {
  if (!is_http_answer(answer)) return no_answer(answer);
  if (answer.fault != HttpFault::ok) return verdict(KeyAnswer::unclear, answer.error);
  if (answer.status == 404 || answer.status == 405)
    return verdict(KeyAnswer::no_route,
                   status_text(answer) + ": the server knows no version 4 of onion requests");
  if (answer.status == 400)
    return verdict(KeyAnswer::refused, "the server can't decrypt requests for this key");
  if (answer.status != 200)
    return verdict(KeyAnswer::unclear, status_text(answer) + ", which says nothing about the key");
  Result<InnerReply> reply = open_v4(sealed, answer.body);
  if (reply) {
    KeyVerdict proof;
    proof.answer = KeyAnswer::proven;
    proof.cipher = sealed.cipher;
    proof.reply = std::move(*reply);
    return proof;
  }
  const bool is_sealed = answer.body != sealed.ciphertext && answer.body != sealed.body &&
                         !is_text(answer.body) && !unseal(sealed.cipher, sealed.key, answer.body);
  return verdict(is_sealed ? KeyAnswer::refused : KeyAnswer::unclear, reply.reason());
}

KeyVerdict combine_ciphers(const KeyVerdict& xchacha20, const KeyVerdict& aes_gcm) {
  if (xchacha20.answer == KeyAnswer::proven) return xchacha20;
  if (aes_gcm.answer == KeyAnswer::proven || aes_gcm.answer == xchacha20.answer) return aes_gcm;
  const KeyVerdict& telling = aes_gcm.answer == KeyAnswer::none ? xchacha20 : aes_gcm;
  return verdict(KeyAnswer::unclear, telling.reason);
}

Outcome outcome_of(const HttpAnswer& answer) {
  if (answer.fault != HttpFault::ok) return {outcome_of(answer.fault), answer.error};
  if (answer.status >= 400) return {ProbeOutcome::http_error, status_text(answer)};
  return {ProbeOutcome::not_sogs, "it answers, but not as a Community server does"};
}

bool is_answer(ProbeOutcome outcome) {
  return outcome == ProbeOutcome::ok || outcome == ProbeOutcome::http_error ||
         outcome == ProbeOutcome::not_sogs || outcome == ProbeOutcome::too_big ||
         outcome == ProbeOutcome::redirect;
}

bool says_nothing(ProbeOutcome outcome) {
  return outcome == ProbeOutcome::not_asked || outcome == ProbeOutcome::proxy;
}

std::vector<BaseUrl> addresses_of(const BaseUrl& published) {
  const BaseUrl https{"https", published.host, 443}, http{"http", published.host, 80};
  if (published == https || published == http) return {https, http};
  return {published};
}

bool goes_on(const BaseUrl& published, ProbeOutcome outcome) {
  if (outcome == ProbeOutcome::blocked_address || says_nothing(outcome)) return false;
  return published.scheme == "http" || outcome == ProbeOutcome::refused ||
         outcome == ProbeOutcome::tls;
}

std::string unreachable_link(const BaseUrl& base) {
  if (base.scheme == "https" && base.port != 443)
    return "some clients ask port 443 of every https:// server";
  if (is_ipv6(base.host)) return "no client accepts an IPv6 address";
  if (is_in_overlay(base.host)) return "clients cannot reach servers in overlay networks";
  if (base.host.find('.') == std::string::npos) return "no client accepts a host without a dot";
  return "";
}

std::string_view pinned_key(const BaseUrl& base) {
  struct Pin {
    std::string_view host, key;
  };
  constexpr Pin kPins[] = {
      {"open.getsession.org", "a03c383cf63c3c4efe67acc52112a6dd734b3a946b9545f488aaa93da7991238"}};
  for (const Pin& pin : kPins)
    if (base.host == pin.host) return pin.key;
  return {};
}

std::optional<std::string> not_before(const std::optional<Probe>& last, bool is_dead, UnixTime at,
                                      std::optional<std::int64_t> retry_after,
                                      bool is_proven_over_tls, bool is_known) {
  if (!is_dead) {
    if (!retry_after) return std::nullopt;
    const UnixTime most = is_proven_over_tls ? kLongestProvenRetryAfter : kLongestRetryAfter;
    return rfc3339(at + std::clamp<std::int64_t>(*retry_after, 0, most));
  }
  UnixTime wait = kShortestBackOff;
  if (last && last->not_before && !is_answer(last->outcome)) {
    const auto from = parse_rfc3339(last->at), until = parse_rfc3339(*last->not_before);
    const UnixTime most = is_known ? kLongestBackOffOfKnown : kLongestBackOff;
    if (from && until) wait = std::clamp(2 * (*until - *from), wait, most);
  }
  return rfc3339(at + wait);
}

std::optional<std::int64_t> retry_after_of(const HttpAnswer& answer, UnixTime now) {
  if (answer.status != 429 && answer.status != 503) return std::nullopt;
  const auto seconds = retry_after(answer.header("retry-after"), now);
  if (!seconds) return std::nullopt;
  return static_cast<std::int64_t>(std::min(*seconds, static_cast<double>(kLongestBackOff)));
}
