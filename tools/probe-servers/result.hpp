// What asking a server brought to light, and how it is written down.
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
  std::map<std::string, KeyVerdict> keys;           // tried, by public key
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

// How the asking went, whatever was found.
struct ProbeCost {
  UnixTime at = 0;
  std::int64_t attempts = 0;
  double seconds = 0;
};

// Makes the candidate the record of its probe.
void write_result(Server& server, std::vector<ProbeResult> results, const ProbeCost& cost);

// The same for a server that was not asked, or not to the end.
void write_not_asked(Server& server, const std::string& why, const ProbeCost& cost);

// Whether it proved a key before. What strangers link never keeps such a server out.
bool is_known(const Server& candidate);

// The keys to try: the one that was proven before, then those that were refused in fewer
// runs, were not tried for longer, and are named by more pages, so that everybody's turn
// comes, however many are claimed. Where a key is pinned, that one alone.
std::vector<std::string> keys_to_try(const Server& candidate, const BaseUrl& base);

// The rooms to ask for where a server has no list: those it showed last, then those that
// more pages name.
std::vector<std::string> tokens_to_ask_for(const Server& candidate);
