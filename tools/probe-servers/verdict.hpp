// What answers mean. Values in, values out: nothing here knows the network.
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
  refused,   // the server speaks v4, and can't read this
  no_route,  // 404 or 405: no v4 here
  unclear,   // an HTTP answer that says nothing of the key
  none       // no HTTP answer
};

struct KeyVerdict {
  KeyAnswer answer = KeyAnswer::none;
  std::string reason;  // why it is not proven
  Cipher cipher = Cipher::xchacha20;
  InnerReply reply;  // of a proof
};

// Whether it came to its end, or to one of our limits; not if it stalled or broke off.
bool is_http_answer(const HttpAnswer& answer);

KeyVerdict judge_v4(const SealedRequest& sealed, const HttpAnswer& answer);
KeyVerdict no_answer(const HttpAnswer& answer);

// Both ciphers together: refused, or without a route, only if both agree.
KeyVerdict combine_ciphers(const KeyVerdict& xchacha20, const KeyVerdict& aes_gcm);

// How asking an address ended.
struct Outcome {
  ProbeOutcome code = ProbeOutcome::not_asked;
  std::string error;  // libcurl's words, or ours
};

// Of an answer that gave nothing to list.
Outcome outcome_of(const HttpAnswer& answer);
// Whether anybody was there at all.
bool is_answer(ProbeOutcome outcome);
// Whether it was not asked, or not reached for a reason of ours: nothing is known of the server
// then, and it is not left alone for it.
bool says_nothing(ProbeOutcome outcome);

// The base URLs to ask for one that was published, best first: https before http,
// where both have their default port.
std::vector<BaseUrl> addresses_of(const BaseUrl& published);
// Whether the next of them is asked after one that proved no key. From https to http
// only on evidence; an http:// that was published is nobody's downgrade.
bool goes_on(const BaseUrl& published, ProbeOutcome outcome);

// Why no client can reach rooms under this base URL (protocol.md 5.1), or "".
std::string unreachable_link(const BaseUrl& base);

// The key that clients ship for a well-known host, or "". Nobody else's is believed there.
std::string_view pinned_key(const BaseUrl& base);

// When to ask again: after a failure twice as long as the last time, from half an
// hour to a week (to a day if it proved a key before, so that it is asked again before the grace of
// dedupe(1) ends); after an answer, what it says in Retry-After: up to six hours, for anybody on
// the way can forge that, and up to a day if it proved its key over TLS.
std::optional<std::string> not_before(const std::optional<Probe>& last, bool is_dead, UnixTime at,
                                      std::optional<std::int64_t> retry_after,
                                      bool is_proven_over_tls, bool is_known);

// The seconds that an answer asks us to stay away for, in a Retry-After header.
std::optional<std::int64_t> retry_after_of(const HttpAnswer& answer, UnixTime now);
