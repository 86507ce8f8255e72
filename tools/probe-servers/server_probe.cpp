#include "server_probe.hpp"

#include <algorithm>
#include <utility>

#include "crypto/encoding.hpp"
#include "url/join_url.hpp"

namespace {

constexpr std::int64_t kLongestRetryAfter = 20;  // seconds; for more, a later run tries again
constexpr double kHiccup = 0.5;                  // seconds before the retry after a server error
constexpr double kUpgradeShare = 1.0 / 3;  // of the budget, for an https:// that nobody published

HttpRequest post(const Endpoint& endpoint, std::string_view path) {
  HttpRequest request;
  request.method = "POST";
  request.url = endpoint.base_url + std::string{path};
  return request;
}

bool is_dead(const ProbeResult& found) { return !is_answer(found.outcome.code); }

}  // namespace

ServerProbe::ServerProbe(const Server& candidate, Requester& requester, MemoryBudget& memory,
                         const ProbeSettings& settings)
    : requester_{requester},
      memory_{memory},
      is_known_{is_known(candidate)},
      knows_aes_gcm_{candidate.key && candidate.key->cipher == Cipher::aes_gcm},
      staff_{settings.staff},
      keys_source_{settings.keys},
      published_{*parse_base_url(candidate.base_url)},
      first_{first_round(candidate)} {
  keys_ = keys_to_try(candidate, published_);
  hints_ = tokens_to_ask_for(candidate);
}

Task<std::vector<ProbeResult>> ServerProbe::run() {
  std::vector<ProbeResult> all;
  const std::vector<BaseUrl> addresses = addresses_of(published_);
  for (const BaseUrl& base : addresses) {
    Endpoint endpoint;
    endpoint.base_url = base.text();
    const bool is_upgrade = base.scheme == "https" && published_.scheme == "http";
    if (is_upgrade) {
      endpoint.share = kUpgradeShare;
      endpoint.most_failures = 1;
    }
    found_ = ProbeResult{};
    after_first_ = AfterFirstRound{};
    found_.base = base;
    co_await ask_at(endpoint, !is_upgrade || keys_.empty());
    const bool is_enough = !found_.proven.empty() || !goes_on(published_, found_.outcome.code);
    all.push_back(std::move(found_));
    if (is_enough) break;
  }
  co_return all;
}

Task<bool> ServerProbe::ask_at(Endpoint& endpoint, bool may_ask_unauthenticated) {
  if (keys_.empty() && !co_await find_key(endpoint)) co_return false;
  if (!co_await prove_keys(endpoint)) co_return false;
  if (is_out_of_memory_) co_return true;
  if (!found_.proven.empty()) co_return co_await ask_second_round(endpoint);
  const bool speaks_no_v4 =
      std::any_of(found_.keys.begin(), found_.keys.end(),
                  [](const auto& tried) { return tried.second.answer == KeyAnswer::no_route; });
  if (speaks_no_v4 && !co_await ask_version_3(endpoint)) co_return false;
  // What comes without its key is not from a server that proved one before.
  if (!found_.is_legacy && !is_known_ && may_ask_unauthenticated)
    co_return co_await ask_unauthenticated(endpoint);
  co_return true;
}

Task<bool> ServerProbe::prove_keys(Endpoint& endpoint) {
  for (const std::string& key : keys_) {
    KeyVerdict verdict = co_await prove(endpoint, key);
    const bool is_first_proof = verdict.answer == KeyAnswer::proven && found_.proven.empty();
    if (is_first_proof) {
      found_.proven = key;
      found_.outcome = {ProbeOutcome::ok, ""};
      proof_.cipher = verdict.cipher;
      proof_.reply = std::move(verdict.reply);
    }
    std::exchange(verdict.reply, {});
    const KeyAnswer answer = verdict.answer;
    found_.keys[key] = std::move(verdict);
    if (answer == KeyAnswer::none) break;
    if (is_first_proof) {
      co_await read_lists(endpoint);
      is_out_of_memory_ = !reserve_memory();
      if (is_out_of_memory_) co_return true;
    }
    if (found_.retry_after) co_return false;
  }
  co_return !(found_.proven.empty() && is_dead(found_) && !found_.keys.empty());
}

Task<KeyVerdict> ServerProbe::prove(Endpoint& endpoint, const std::string& key) {
  std::vector<std::string> asked{"/capabilities", "/rooms"};
  for (std::string& path : first_.endpoints()) asked.push_back(std::move(path));
  InnerRequest request = batch_of(asked);
  std::vector<KeyVerdict> verdicts;
  std::vector<Cipher> ciphers{Cipher::xchacha20, Cipher::aes_gcm};  // the first binds the exact key
  if (knows_aes_gcm_) std::swap(ciphers[0], ciphers[1]);
  for (const Cipher cipher : ciphers) {
    KeyVerdict verdict = co_await prove_with(endpoint, key, cipher, request);
    if (list_too_big_ && request.endpoint == "/batch") {  // the key can be proven without it
      request = InnerRequest{"GET", "/capabilities", ""};
      verdict = co_await prove_with(endpoint, key, cipher, request);
    }
    const bool is_first = verdicts.empty();
    verdicts.push_back(std::move(verdict));
    if (is_first && (verdicts[0].answer == KeyAnswer::proven ||
                     verdicts[0].answer == KeyAnswer::none || found_.retry_after))
      co_return std::move(verdicts[0]);
  }
  co_return combine_ciphers(verdicts[0], verdicts[1]);
}

Task<KeyVerdict> ServerProbe::prove_with(Endpoint& endpoint, const std::string& key, Cipher cipher,
                                         const InnerRequest& request) {
  const Bytes32 server_key = *bytes32_of_hex(key);
  std::vector<SealedRequest> sent;  // each attempt has a key pair of its own
  const Requester::Make make = [&] {
    HttpRequest made = post(endpoint, kV4Path);
    const KeyPair client = keys_source_(made.url);
    sent.push_back(seal_v4(cipher, server_key, request, client));
    made.body = sent.back().body;
    made.secret = to_hex(client.secret);
    return made;
  };
  for (bool is_first = true;; is_first = false) {
    sent.clear();
    Response response = co_await requester_.ask(endpoint, make);
    list_too_big_ = response.answer.fault == HttpFault::too_big;
    const auto wait = retry_after_of(response.answer, requester_.time());
    if (wait && *wait <= kLongestRetryAfter && is_first) {
      std::exchange(response, {});  // it may be large, and assigning would keep its memory
      co_await requester_.pause(static_cast<double>(*wait));
      continue;
    }
    take_answer(response.answer);
    if (!is_http_answer(response.answer)) co_return no_answer(response.answer);
    KeyVerdict verdict = judge_v4(sent[response.attempt], response.answer);
    // A server that could decrypt it once can do so again.
    const bool is_hiccup =
        key == found_.proven && verdict.answer != KeyAnswer::proven && !list_too_big_;
    if (!is_hiccup || !is_first) co_return verdict;
    std::exchange(response, {});
    co_await requester_.pause(kHiccup);
  }
}

bool ServerProbe::take_list(RoomsFrom from, Result<RoomList> list) {
  if (!list) return false;
  found_.rooms_from = from;
  found_.rooms = std::move(list->rooms);
  found_.dropped = std::move(list->dropped);
  found_.outcome = {ProbeOutcome::ok, ""};
  return true;
}

// Notes an answer that gave nothing so far; what is found later replaces it.
void ServerProbe::take_answer(const HttpAnswer& answer) {
  if (found_.outcome.code == ProbeOutcome::ok) return;
  found_.outcome = outcome_of(answer);
  if (const auto wait = retry_after_of(answer, requester_.time())) found_.retry_after = wait;
  if (answer.status == 429 && !found_.retry_after) found_.retry_after = 0;
}
