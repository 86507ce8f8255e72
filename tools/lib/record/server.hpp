// A server that hosts Communities. All stages use one struct: people and dedupe --by=url write
// the claims, probe-servers the answers, dedupe --by=key the merged result.
#pragma once

#include "crypto/cipher.hpp"
#include "record/room.hpp"

// What is known of a key, the weakest first (protocol.md 5.4).
enum class KeyStatus {
  unproven,  // nothing was found out
  refuted,   // the server holds another key
  legacy,    // proven by a protocol that clients no longer use
  proven
};
constexpr auto words_of(KeyStatus) {
  return words<KeyStatus::proven>("unproven", "refuted", "legacy", "proven");
}

// How the probe of an address ended (probe-servers(1)).
enum class ProbeOutcome {
  ok,
  http_error,       // a status of 400 or more
  not_sogs,         // an answer, but not that of a Community server
  too_big,          // an answer past our limits
  redirect,         // one that is not followed
  dns,              // the name could not be resolved
  proxy,            // the proxy could not be reached: says nothing of the server
  refused,          // no connection
  timeout_connect,  // no connection in time
  timeout_read,     // connected, then too slow
  tls,
  blocked_address,  // no public address, or a blocked port
  broken,           // cut short, or not HTTP
  not_asked
};
constexpr auto words_of(ProbeOutcome) {
  return words<ProbeOutcome::not_asked>(
      "ok", "http-error", "not-sogs", "too-big", "redirect", "dns", "proxy", "refused",
      "timeout-connect", "timeout-read", "tls", "blocked-address", "broken", "not-asked");
}

// Where the rooms of a server were read, the best first (probe-servers(1)).
enum class RoomsFrom { onion, onion_hints, plain, plain_hints, legacy, index };
constexpr auto words_of(RoomsFrom) {
  return words<RoomsFrom::index>("onion", "onion-hints", "plain", "plain-hints", "legacy", "index");
}
// Whether the server gave no list, so that each room with a hint was requested by itself.
constexpr bool is_from_hints(RoomsFrom from) {
  return from == RoomsFrom::onion_hints || from == RoomsFrom::plain_hints;
}

// What dedupe noticed about a server (dedupe(1)).
enum class ServerFlag { claims_key_of_another, key_changed };
constexpr auto words_of(ServerFlag) {
  return words<ServerFlag::key_changed>("claims-key-of-another", "key-changed");
}

// A key that a link or a page claims for the server.
struct ClaimedKey {
  std::string public_key;             // X25519, 64 lower-case hex digits
  std::vector<FoundOn> found_on;      // where it was read
  std::optional<KeyStatus> status;    // probe-servers
  std::optional<std::string> reason;  // probe-servers: why it is not proven
  // probe-servers: the last times at which the server answered but refused this key.
  std::vector<std::string> refused_at;
  std::optional<std::string> tried_at;  // probe-servers: the last answer that proved nothing
  std::optional<std::string> last;      // dedupe: the last time it was claimed
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("public_key", self.public_key);
    visit("found_on", self.found_on);
    visit("status", self.status);
    visit("reason", self.reason);
    visit("refused_at", self.refused_at);
    visit("tried_at", self.tried_at);
    visit("last", self.last);
  }
};

// A room that a link named. It is requested by itself if the server gives no list.
struct RoomHint {
  std::string token;
  std::vector<std::string> public_keys;  // in its join links
  std::vector<FoundOn> found_on;
  std::vector<std::string> tags;
  std::optional<std::string> last;  // dedupe: the last time it was named
  std::optional<std::string> seen;  // dedupe --by=url: when the server showed it last
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("token", self.token);
    visit("public_keys", self.public_keys);
    visit("found_on", self.found_on);
    visit("tags", self.tags);
    visit("last", self.last);
    visit("seen", self.seen);
  }
};

// An address that was probed but is not the one to print.
struct Tried {
  std::string base_url;
  ProbeOutcome outcome = ProbeOutcome::not_asked;
  std::optional<std::string> error;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("base_url", self.base_url);
    visit("outcome", self.outcome);
    visit("error", self.error);
  }
};

// How the probe went.
struct Probe {
  std::string at;  // when the probe ended
  ProbeOutcome outcome = ProbeOutcome::not_asked;
  std::int64_t attempts = 0;  // requests made
  double seconds = 0;
  std::optional<std::string> error;       // libcurl's words, or ours
  std::optional<std::string> not_before;  // don't ask again before this time
  std::vector<Tried> tried;
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("at", self.at);
    visit("outcome", self.outcome);
    visit("attempts", self.attempts);
    visit("seconds", self.seconds);
    visit("error", self.error);
    visit("not_before", self.not_before);
    visit("tried", self.tried);
  }
};

// The key it answers to.
struct Key {
  std::string public_key;
  KeyStatus status = KeyStatus::unproven;
  std::optional<std::string> judged_at;  // dedupe: when the status was found
  std::optional<std::string> proven_at;  // the last time
  std::optional<Cipher> cipher;          // of that proof
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("public_key", self.public_key);
    visit("status", self.status);
    visit("judged_at", self.judged_at);
    visit("proven_at", self.proven_at);
    visit("cipher", self.cipher);
  }
};

// Another address of the same server.
struct Alias {
  std::string base_url;
  std::optional<std::string> first_seen, last_seen;
  std::optional<std::string> proven_at;  // absent: it only says that it is this server
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("base_url", self.base_url);
    visit("first_seen", self.first_seen);
    visit("last_seen", self.last_seen);
    visit("proven_at", self.proven_at);
  }
};

// A host that the listing printed for the server, or that its key holder named in a proof.
struct PrintedHost {
  std::string host;
  std::string since;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("host", self.host);
    visit("since", self.since);
  }
};

// The hours of one day in which the server was asked and answered: bit 0 is 00:00 to 01:00 UTC.
// Two records of one day are merged with "or", in any order, any number of times.
struct DayOfAnswers {
  std::string day;
  std::int64_t asked = 0, answered = 0;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("day", self.day);
    visit("asked", self.asked);
    visit("answered", self.answered);
  }
};

// The most printed hosts of one server.
inline constexpr std::size_t kMostPrintedHosts = 64;

struct Server {
  static constexpr std::string_view kKind = "server";
  static constexpr std::string_view kObservations = "observations";

  // Compiled once, in records.cpp.
  Server();
  Server(const Server&);
  Server(Server&&) noexcept;
  Server& operator=(const Server&);
  Server& operator=(Server&&) noexcept;
  ~Server();

  std::string base_url;                  // the address to print and to ask
  std::optional<std::string> asked_url;  // probe-servers: what was asked for, if another answered
  std::optional<std::string> server_id;  // dedupe --by=key: first 8 (or more) hex digits of the key
  std::optional<Key> key;                // probe-servers
  std::vector<Alias> aliases;            // dedupe --by=key
  std::vector<ClaimedKey> public_keys;
  std::optional<Probe> probe;  // the last one
  std::vector<std::string> capabilities;
  std::optional<std::string> prints_url;  // the base URL it prints of itself, read inside the onion
  std::vector<PrintedHost> printed_hosts;  // dedupe: the earliest, oldest first; it only grows
  std::optional<RoomsFrom> rooms_from;     // probe-servers
  // Ids that are staff of every room; absent if fewer than two rooms give their staff.
  std::optional<std::int64_t> global_staff_count;
  std::vector<Room> rooms;
  std::vector<Dropped> dropped;  // what was left out of its list of rooms
  std::vector<RoomHint> room_hints;
  std::vector<FoundOn> found_on;
  std::optional<std::string> copy_of;  // dedupe: server_id of the one it copies its rooms from
  std::optional<std::string> same_rooms_as;  // dedupe: server_id; neither is known to be the copy
  std::vector<ServerFlag> flags;             // dedupe
  std::optional<std::string> first_seen, last_seen;  // dedupe: last_seen is the last answer
  std::optional<std::string> gone;                   // dedupe: not listed since, with all its rooms
  std::vector<DayOfAnswers> answers;                 // dedupe: 30 days, oldest first
  std::vector<Server> observations;  // dedupe: what each of several addresses showed (dedupe(1))
  std::optional<std::string> note;
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("base_url", self.base_url);
    visit("asked_url", self.asked_url);
    visit("server_id", self.server_id);
    visit("key", self.key);
    visit("aliases", self.aliases);
    visit("public_keys", self.public_keys);
    visit("probe", self.probe);
    visit("capabilities", self.capabilities);
    visit("prints_url", self.prints_url);
    visit("printed_hosts", self.printed_hosts);
    visit("rooms_from", self.rooms_from);
    visit("global_staff_count", self.global_staff_count);
    visit("rooms", self.rooms);
    visit("dropped", self.dropped);
    visit("room_hints", self.room_hints);
    visit("found_on", self.found_on);
    visit("copy_of", self.copy_of);
    visit("same_rooms_as", self.same_rooms_as);
    visit("flags", self.flags);
    visit("first_seen", self.first_seen);
    visit("last_seen", self.last_seen);
    visit("gone", self.gone);
    visit("answers", self.answers);
    visit(kObservations, self.observations);
    visit("note", self.note);
  }
};

RECORD_COMPILED_ONCE(Probe);
RECORD_COMPILED_ONCE(Server);
