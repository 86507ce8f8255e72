// The result of a probe, and how it is written into the record.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "record/server.hpp"
#include "sogs/rooms.hpp"
#include "verdict.hpp"

// What one address of the server showed.
struct ProbeResult {
  BaseUrl base;
  Outcome outcome;
  std::optional<std::int64_t> retry_after;
  std::map<std::string, KeyVerdict> keys;           // those that were tried, by public key
  std::map<std::string, std::string> printed_keys;  // by its own pages, with their URLs
  std::string proven;                               // the key, or ""
  bool is_legacy = false;
  std::string legacy_key;  // that version 3 proved, or ""
  std::vector<std::string> capabilities;
  std::optional<RoomsFrom> rooms_from;
  std::optional<std::string> prints_url;
  std::vector<KnownRoom> rooms;
  std::vector<Dropped> dropped;
  std::map<std::string, std::optional<NotJoinable>>
      checks;  // by token: why a client gets no such room
};

// What the probe took, whatever it found.
struct ProbeCost {
  UnixTime at = 0;
  std::int64_t attempts = 0;
  double seconds = 0;
};

// Writes the results into the record of the candidate.
void write_result(Server& server, std::vector<ProbeResult> results, const ProbeCost& cost);

// The same for a server that was not asked, or not to the end.
void write_not_asked(Server& server, const std::string& why, const ProbeCost& cost);

// Whether it proved a key before. Links of strangers can never displace such a server.
bool is_known(const Server& candidate);

// The keys to try: first the one that was proven before, then by fewest refusals, longest time
// since the last try, most pages that name it. So each of many claimed keys gets its turn. For a
// host with a pinned key, only that one.
std::vector<std::string> keys_to_try(const Server& candidate, const BaseUrl& base);

// The rooms to request from a server without a list: first those that it showed last, then those
// that most pages name.
std::vector<std::string> tokens_to_ask_for(const Server& candidate);
