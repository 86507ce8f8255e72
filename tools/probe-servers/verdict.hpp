// Decides what answers mean. Values in, values out, no network.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "http/client.hpp"
#include "record/server.hpp"
#include "sogs/onion.hpp"
#include "url/join_url.hpp"

// What one onion request says of the key that it was sealed for (protocol.md 5.4).
enum class KeyAnswer {
  proven,
  refused,   // the server has v4, but could not decrypt this
  no_route,  // 404 or 405: the server has no v4
  unclear,   // an HTTP answer that says nothing about the key
  none       // no HTTP answer
};

struct KeyVerdict {
  KeyAnswer answer = KeyAnswer::none;
  std::string reason;  // why it is not proven
  Cipher cipher = Cipher::xchacha20;
  InnerReply reply;  // of a proof
};

// Whether the answer is complete, or was cut at one of our limits; false if it stalled or broke
// off.
bool is_http_answer(const HttpAnswer& answer);

KeyVerdict judge_v4(const SealedRequest& sealed, const HttpAnswer& answer);
KeyVerdict no_answer(const HttpAnswer& answer);

// The verdict of both ciphers: refused or no_route only if both agree.
KeyVerdict combine_ciphers(const KeyVerdict& xchacha20, const KeyVerdict& aes_gcm);

// How the probe of an address ended.
struct Outcome {
  ProbeOutcome code = ProbeOutcome::not_asked;
  std::string error;  // libcurl's words, or ours
};

// Of an answer that gave nothing to list.
Outcome outcome_of(const HttpAnswer& answer);
// Whether a server answered at all.
bool is_answer(ProbeOutcome outcome);
// Whether the outcome says nothing about the server: it was not asked, or this side failed. Such
// an outcome does not delay its next probe.
bool says_nothing(ProbeOutcome outcome);

// The base URLs to probe for a published one, best first: https before http, if the port is the
// default one.
std::vector<BaseUrl> addresses_of(const BaseUrl& published);
// Whether to probe the next of them after one that proved no key. From a published https:// to
// http:// only if the connection was refused or TLS failed; a published http:// is no downgrade.
bool goes_on(const BaseUrl& published, ProbeOutcome outcome);

// Why no client can reach rooms under this base URL (protocol.md 5.1), or "".
std::string unreachable_link(const BaseUrl& base);

// The key that clients ship for a well-known host, or "". No other key is accepted for that host.
std::string_view pinned_key(const BaseUrl& base);

// When to probe again.
//   - After a failure: half an hour, doubled each time, up to a week; up to a day for a server that
//     proved a key before, so that it is probed again before the grace of dedupe(1) ends.
//   - After an answer: what Retry-After says, up to six hours, because anybody on the path can
//     forge it; up to a day if the server proved its key over TLS.
std::optional<std::string> not_before(const std::optional<Probe>& last, bool is_dead, UnixTime at,
                                      std::optional<std::int64_t> retry_after,
                                      bool is_proven_over_tls, bool is_known);

// The seconds in the Retry-After header of an answer.
std::optional<std::int64_t> retry_after_of(const HttpAnswer& answer, UnixTime now);
