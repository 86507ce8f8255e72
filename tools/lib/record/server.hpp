// A server that hosts Communities. One struct for its whole life: people and
// dedupe --by=url write what is claimed, probe-servers what it answered,
// dedupe --by=key what it is known as.
#pragma once

#include "record/room.hpp"

// A key that somebody says the server has.
struct ClaimedKey {
  std::string public_key;             // X25519, 64 lower-case hex digits
  std::vector<FoundOn> found_on;      // where it was read
  std::optional<std::string> status;  // probe-servers: as Key::status, for this key
  std::optional<std::string> reason;  // probe-servers: why it is not proven
  // probe-servers: when the server answered, and not to this key; the last times.
  std::vector<std::string> refused_at;
  std::optional<std::string>
      tried_at;                     // probe-servers: the last time it answered, and proved nothing
  std::optional<std::string> last;  // dedupe: the last time it was said
  Json::Object others;

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

// A room that somebody named, to be asked for where a server has no list.
struct RoomHint {
  std::string token;
  std::vector<std::string> public_keys;  // that stood in its join links
  std::vector<FoundOn> found_on;
  std::vector<std::string> tags;
  std::optional<std::string> last;  // dedupe: the last time it was said
  std::optional<std::string> seen;  // dedupe --by=url: when the server showed it last
  Json::Object others;

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

// An address that was asked and is not the one to print.
struct Tried {
  std::string base_url;
  std::string outcome;  // as of a probe
  std::optional<std::string> error;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("base_url", self.base_url);
    visit("outcome", self.outcome);
    visit("error", self.error);
  }
};

// How asking it went.
struct Probe {
  std::string at;             // when the asking ended
  std::string outcome;        // "ok", or the word for what went wrong (probe-servers(1))
  std::int64_t attempts = 0;  // requests made
  double seconds = 0;
  std::optional<std::string> error;       // libcurl's words, or ours
  std::optional<std::string> not_before;  // don't ask again before this time
  std::vector<Tried> tried;
  Json::Object others;

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
  std::string status;                    // proven, refuted, legacy, unproven (protocol.md 5.4)
  std::optional<std::string> judged_at;  // dedupe: when the status was found
  std::optional<std::string> proven_at;  // the last time
  std::optional<std::string> cipher;     // xchacha20 or aes-gcm, of that proof
  Json::Object others;

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
  Json::Object others;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("base_url", self.base_url);
    visit("first_seen", self.first_seen);
    visit("last_seen", self.last_seen);
    visit("proven_at", self.proven_at);
  }
};

// A host that the server's links were printed with, or that its key holder named in a proof.
struct PrintedHost {
  std::string host;
  std::string since;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("host", self.host);
    visit("since", self.since);
  }
};

// One day of asking, hour by hour: bit 0 is the hour from 00:00 to 01:00 UTC.
// Two views of one hour are merged with "or", in any order, any number of times.
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

struct Server {
  static constexpr std::string_view kKind = "server";
  std::string base_url;                  // the address to print and to ask
  std::optional<std::string> asked_url;  // probe-servers: what was asked for, if another answered
  std::optional<std::string> server_id;  // dedupe --by=key: first 8 (or more) hex digits of the key
  std::optional<Key> key;                // probe-servers
  std::vector<Alias> aliases;            // dedupe --by=key
  std::vector<ClaimedKey> public_keys;
  std::optional<Probe> probe;  // the last one
  std::vector<std::string> capabilities;
  std::optional<std::string> prints_url;  // the base URL it prints of itself, read inside the onion
  std::vector<PrintedHost> printed_hosts;  // dedupe: the first 64, oldest first; it only grows
  std::optional<std::string> rooms_from;  // how the rooms were told, in words of probe-servers(1)
  std::vector<Room> rooms;
  std::vector<std::string> dropped;  // entries of its list that are no rooms, each with its reason
  std::vector<RoomHint> room_hints;
  std::vector<FoundOn> found_on;
  std::optional<std::string> copy_of;  // dedupe: server_id of the one it copies its rooms from
  std::optional<std::string> same_rooms_as;  // dedupe: server_id; neither is known to be the copy
  std::vector<std::string> flags;      // dedupe: "key-changed", …, in words of dedupe(1)
  std::optional<std::string> first_seen, last_seen;  // dedupe: last_seen is the last answer
  std::optional<std::string> gone;                   // dedupe: not listed since, with all its rooms
  std::vector<DayOfAnswers> answers;                 // dedupe: 30 days, oldest first
  std::vector<Server> observations;  // dedupe: what each of several addresses showed (dedupe(1))
  std::optional<std::string> note;
  Json::Object others;

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
    visit("observations", self.observations);
    visit("note", self.note);
  }
};
