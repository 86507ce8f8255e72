#include "result.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "base/budget.hpp"
#include "crypto/hash.hpp"

namespace {

constexpr std::size_t kMostKeys = 8;  // tried on one server in one run
constexpr std::size_t kMostHintsOfSource = 10;
constexpr std::size_t kMostHints = 50;   // rooms requested from a server without a list, in one run
constexpr std::size_t kRunsToAgree = 3;  // that must refuse a key before it counts as refuted

// The address to print: the one where the key was proven, else the published one, else the one
// that answered.
std::size_t best_of(const std::vector<ProbeResult>& results, const std::string& published) {
  const auto rank = [&published](const ProbeResult& found) {
    const bool is_published = found.base.text() == published;
    if (!found.proven.empty()) return 5;
    if (found.outcome.code == ProbeOutcome::ok) return is_published ? 4 : 3;
    return is_published ? 2 : 1;
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < results.size(); ++i)
    if (rank(results[i]) > rank(results[best])) best = i;
  return best;
}

ClaimedKey& claim_of(Server& server, std::string_view key) {
  for (ClaimedKey& claim : server.public_keys)
    if (claim.public_key == key) return claim;
  ClaimedKey& claim = server.public_keys.emplace_back();
  claim.public_key = key;
  return claim;
}

// `was_proven`: the server proved this key before.
void write_claim(ClaimedKey& claim, const ProbeResult& found, std::string_view pin, bool was_proven,
                 UnixTime at) {
  const auto tried = found.keys.find(claim.public_key);
  claim.reason.reset();
  if (!pin.empty() && claim.public_key != pin) {
    claim.status = KeyStatus::refuted;
    claim.reason = "the host is known to hold another key";
    return;
  }
  claim.status = KeyStatus::unproven;
  if (tried == found.keys.end()) {
    const auto usable = parse_public_key(claim.public_key);
    claim.reason = usable ? "it was not tried" : usable.reason();
    return;
  }
  const KeyVerdict& verdict = tried->second;
  if (verdict.answer == KeyAnswer::proven) {
    claim.status = KeyStatus::proven;
    claim.refused_at.clear();
    claim.tried_at.reset();
    return;
  }
  claim.reason = verdict.reason;
  if (verdict.answer != KeyAnswer::none) claim.tried_at = rfc3339(at);
  if (claim.public_key == found.legacy_key ||
      (found.is_legacy && verdict.answer == KeyAnswer::no_route))
    claim.status = KeyStatus::legacy;
  if (verdict.answer != KeyAnswer::refused) return;
  claim.refused_at.push_back(rfc3339(at));
  std::sort(claim.refused_at.begin(), claim.refused_at.end());
  claim.refused_at.erase(std::unique(claim.refused_at.begin(), claim.refused_at.end()),
                         claim.refused_at.end());
  if (claim.refused_at.size() > kRunsToAgree)
    claim.refused_at.erase(claim.refused_at.begin(), claim.refused_at.end() - kRunsToAgree);
  // Anybody on the path can refuse a key, but only its holder can prove it.
  if (!found.proven.empty() || (!was_proven && claim.refused_at.size() == kRunsToAgree))
    claim.status = KeyStatus::refuted;
}

// All usable keys that are claimed: first the one that was proven before, then by `rank`, smaller
// first. For a host with a pinned key, only that one.
template <class Rank>
std::vector<std::string> ranked_keys(const Server& server, const BaseUrl& base, const Rank& rank) {
  if (const std::string_view pin = pinned_key(base); !pin.empty()) return {std::string{pin}};
  std::vector<std::string> keys;
  if (is_known(server) && parse_public_key(server.key->public_key))
    keys.push_back(server.key->public_key);
  std::set<std::pair<decltype(rank(ClaimedKey{})), std::string>> others;
  for (const ClaimedKey& claim : server.public_keys)
    if (parse_public_key(claim.public_key)) others.emplace(rank(claim), claim.public_key);
  std::set<std::string> met{keys.begin(), keys.end()};
  for (const auto& [endpoint, key] : others)
    if (met.insert(key).second) keys.push_back(key);
  return keys;
}

std::int64_t pages_of(const ClaimedKey& claim) { return claim.found_on.size(); }

// The key that it proved, or is listed with while it proves none.
void write_key(Server& server, const ProbeResult& found, const BaseUrl& base, UnixTime at) {
  std::string key = !found.proven.empty() ? found.proven : found.legacy_key;
  const std::vector<std::string> credible = ranked_keys(server, base, [](const ClaimedKey& claim) {
    return std::pair{claim.refused_at.size() == kRunsToAgree, -pages_of(claim)};
  });
  if (key.empty() && !credible.empty()) key = credible.front();
  if (key.empty()) {
    server.key.reset();
    return;
  }
  const std::optional<Key> before = server.key;
  server.key = Key{};
  server.key->public_key = key;
  for (const ClaimedKey& claim : server.public_keys)
    if (claim.public_key == key) server.key->status = claim.status.value_or(KeyStatus::unproven);
  if (key == found.proven || key == found.legacy_key) {
    server.key->proven_at = rfc3339(at);
    server.key->cipher = key == found.proven ? found.keys.at(key).cipher : Cipher::aes_gcm;
  } else if (before && before->public_key == key) {  // the last proof, and its date
    server.key->proven_at = before->proven_at;
    server.key->cipher = before->cipher;
  }
}

// Writes whether clients can join this room, or why not.
void write_joinable(Room& room, const std::optional<NotJoinable>& unshowable,
                    const ProbeResult& found) {
  const auto refuse = [&room](NotJoinable::Code code, std::string text) {
    room.joinable = false;
    room.not_joinable = NotJoinable{code, std::move(text)};
  };
  using Code = NotJoinable::Code;
  if (std::string why = unreachable_link(found.base); !why.empty())
    return refuse(Code::address, std::move(why));
  if (found.is_legacy) return refuse(Code::old_server, "its server is too old for current clients");
  if (found.proven.empty()) return refuse(Code::unproven_key, "its server has not proven its key");
  if (found.capabilities.empty())
    return refuse(Code::no_capabilities, "its server gives no capabilities");
  const auto check = found.checks.find(room.token);
  // If the room was not requested by itself, the list replaces /room/TOKEN (protocol.md 5.4).
  room.not_joinable = check != found.checks.end() && check->second ? check->second : unshowable;
  room.joinable = !room.not_joinable;
}

void write_rooms(Server& server, ProbeResult& found) {
  server.rooms_from = found.rooms_from;
  server.global_staff_count = count_staff(found.rooms);
  server.dropped = std::move(found.dropped);
  server.rooms.clear();
  for (KnownRoom& known : found.rooms) {
    Room& room = server.rooms.emplace_back(std::move(known.room));
    write_joinable(room, known.unshowable, found);
  }
}

void write_probe(Server& server, const Outcome& outcome, const ProbeCost& cost,
                 std::optional<std::int64_t> retry_after = std::nullopt,
                 bool is_proven_over_tls = false) {
  Probe probe;
  probe.at = rfc3339(cost.at);
  probe.outcome = outcome.code;
  probe.attempts = cost.attempts;
  probe.seconds = std::round(cost.seconds * 1000) / 1000;
  if (!outcome.error.empty()) probe.error = outcome.error;
  if (!says_nothing(outcome.code))
    probe.not_before = not_before(server.probe, !is_answer(outcome.code), cost.at, retry_after,
                                  is_proven_over_tls, is_known(server));
  server.probe = std::move(probe);
}

}  // namespace

void write_result(Server& server, std::vector<ProbeResult> results, const ProbeCost& cost) {
  const std::string published = server.base_url;
  const std::size_t best = best_of(results, published);
  ProbeResult& found = results[best];
  if (says_nothing(found.outcome.code)) return write_probe(server, found.outcome, cost);
  const BaseUrl base = found.base;
  if (base.text() != published && found.outcome.code == ProbeOutcome::ok) {
    server.asked_url = published;
    server.base_url = base.text();
  }

  write_probe(server, found.outcome, cost, found.retry_after,
              base.scheme == "https" && (!found.proven.empty() || is_known(server)));
  for (std::size_t i = 0; i < results.size(); ++i)
    if (i != best) {
      const Outcome& outcome = results[i].outcome;
      Tried& tried =
          server.probe->tried.emplace_back(Tried{results[i].base.text(), outcome.code, {}});
      if (!outcome.error.empty()) tried.error = outcome.error;
    }

  for (const auto& [key, url] : found.printed_keys)
    claim_of(server, key).found_on.push_back(FoundOn{"preview", url, {}, {}, {}, {}});
  const std::string_view pin = pinned_key(base);
  if (!pin.empty()) claim_of(server, pin);
  for (const auto& [key, verdict] : found.keys) claim_of(server, key);
  const std::string before = is_known(server) ? server.key->public_key : "";
  for (ClaimedKey& claim : server.public_keys)
    write_claim(claim, found, pin, claim.public_key == before, cost.at);
  write_key(server, found, base, cost.at);

  server.prints_url = found.prints_url;
  write_rooms(server, found);
  server.capabilities = std::move(found.capabilities);
}

bool is_known(const Server& candidate) { return candidate.key && candidate.key->proven_at; }

void write_not_asked(Server& server, const std::string& why, const ProbeCost& cost) {
  write_probe(server, {ProbeOutcome::not_asked, why}, cost);
}

std::vector<std::string> keys_to_try(const Server& candidate, const BaseUrl& base) {
  std::vector<std::string> keys = ranked_keys(candidate, base, [](const ClaimedKey& claim) {
    return std::tuple{claim.refused_at.size(), claim.tried_at, -pages_of(claim)};
  });
  if (keys.size() > kMostKeys) keys.resize(kMostKeys);
  return keys;
}

// Rooms that the server once showed come first. Half of the other places go to the rooms on most
// pages, with a limit for each source; the other half to different rooms in each run. So a flood
// of links can delay a room, but can't hide it.
std::vector<std::string> tokens_to_ask_for(const Server& candidate) {
  std::vector<const RoomHint*> ranked;
  for (const RoomHint& hint : candidate.room_hints)
    if (is_token(hint.token)) ranked.push_back(&hint);
  std::sort(ranked.begin(), ranked.end(), [](const RoomHint* a, const RoomHint* b) {
    return std::tuple{b->seen, b->found_on.size(), std::string_view{a->token}} <
           std::tuple{a->seen, a->found_on.size(), std::string_view{b->token}};
  });

  std::vector<std::string> tokens;
  std::vector<std::pair<std::string, std::string>> rest;  // in an order that changes with each run
  Budget<> of_source{kMostHintsOfSource};
  const std::string run = candidate.probe ? candidate.probe->at : std::string{};
  const auto has_source = [&](const RoomHint& hint) {
    return hint.found_on.empty() ||  // named by people
           std::any_of(hint.found_on.begin(), hint.found_on.end(),
                       [&](const FoundOn& page) { return of_source.take(page.source); });
  };
  for (const RoomHint* hint : ranked) {
    const std::size_t places = hint->seen ? kMostHints : kMostHints / 2;
    if (tokens.size() < places && (hint->seen || has_source(*hint)))
      tokens.push_back(hint->token);
    else
      rest.emplace_back(sha256_hex(run + " " + hint->token), hint->token);
  }
  std::sort(rest.begin(), rest.end());
  for (const auto& [order, token] : rest) {
    if (tokens.size() == kMostHints) break;
    tokens.push_back(token);
  }
  return tokens;
}
