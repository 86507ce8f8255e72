// A Community: a room on a server. Members that the server's API gives keep the
// API's names and units (protocol.md 3: times are Unix seconds, active_users
// counts people within active_users_cutoff seconds).
//
// A room is listed if it has an identifier and is not gone.
#pragma once

#include "record/join.hpp"

// A day on which the room was seen, with the numbers that its server gave.
struct DayOfUsers {
  std::string day;                               // UTC
  std::optional<std::int64_t> weekly;            // the most of that day, scaled to seven days
  std::optional<std::int64_t> message_sequence;  // the largest of that day

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("day", self.day);
    visit("weekly", self.weekly);
    visit("message_sequence", self.message_sequence);
  }
};

// Why no client can join a room (protocol.md 5.1 and 5.3).
struct NotJoinable {
  enum class Code {
    address,          // of the server: clients don't accept it
    old_server,       // it speaks only a protocol that clients no longer use
    unproven_key,     // the server did not prove the key of the join link
    no_capabilities,  // the server gives none, and clients ask for them first
    room_refused,     // the server gives no such room when asked as a joining client asks
    room_data         // a member that clients need is missing or has another type
  };
  friend constexpr auto words_of(Code) {
    return words<Code::room_data>("address", "old-server", "unproven-key", "no-capabilities",
                                  "room-refused", "room-data");
  }
  Code code = Code::room_data;
  std::string text;  // the details, for people

  bool operator==(const NotJoinable&) const = default;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("code", self.code);
    visit("text", self.text);
  }
};

// Something in a server's answer that was left out: a member of a room, an entry of the list of
// rooms, or the list.
struct Dropped {
  enum class Code {
    bad_member,      // of a room: another type, or out of range
    bad_entry,       // of the list: no object, or without a token
    same_token,      // differs from another room's token only in case
    repeated_token,  // the room came twice
    too_many,        // rooms past the limit
    no_list,         // the answer is not a list of rooms
    refused,         // the server refuses the list
    too_big,         // the list is larger than we read
    no_memory,       // the lists of all servers together are larger than we keep
    more             // further reasons were not kept
  };
  friend constexpr auto words_of(Code) {
    return words<Code::more>("bad-member", "bad-entry", "same-token", "repeated-token", "too-many",
                             "no-list", "refused", "too-big", "no-memory", "more");
  }
  Code code = Code::more;
  std::optional<std::string> member;  // bad_member: its name
  std::optional<std::string> token;   // same_token, repeated_token
  std::optional<std::int64_t> index;  // bad_entry: in the list, from 0
  std::optional<std::string> detail;  // for people

  auto operator<=>(const Dropped&) const = default;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("code", self.code);
    visit("member", self.member);
    visit("token", self.token);
    visit("index", self.index);
    visit("detail", self.detail);
  }
};

struct Room {
  // Compiled once, in records.cpp.
  Room();
  Room(const Room&);
  Room(Room&&) noexcept;
  Room& operator=(const Room&);
  Room& operator=(Room&&) noexcept;
  ~Room();

  std::string token;
  std::optional<std::string> identifier;  // dedupe: TOKEN+ and the first 8 hex digits of the key
  std::optional<std::string> join_url;    // dedupe: only when the key is known
  std::optional<std::string>
      preview_url;  // dedupe: the room's page on its server, where there is one
  std::optional<std::string> name, description;
  std::optional<std::int64_t> active_users, active_users_cutoff;
  std::optional<double> created;
  std::optional<std::int64_t> image_id, info_updates;
  // Grows with every message, edit, deletion and reaction (protocol.md 5.4).
  std::optional<std::int64_t> message_sequence;
  std::optional<bool> read, write, upload;  // what anybody may do there
  // Distinct visible admins and moderators, without those of the whole server.
  std::optional<std::int64_t> staff_count;
  std::vector<std::string> admins, moderators;  // Session ids: only with --staff
  std::optional<bool> joinable;                 // protocol.md 5.4
  std::optional<NotJoinable> not_joinable;      // where `joinable` is false
  std::optional<bool> cleaned;                  // text was changed (protocol.md 8)
  std::vector<Dropped> dropped;                 // members that were left out
  std::vector<std::string> tags;                // what sources say
  std::vector<FoundOn> found_on;
  std::optional<std::string> first_seen, last_seen;  // dedupe: in an answer of the server
  std::optional<std::string> returned;               // dedupe: back since, after it was gone
  std::optional<std::string> gone;                   // dedupe: not listed since
  std::vector<DayOfUsers> users;                     // dedupe: 100 days, oldest first
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("token", self.token);
    visit("identifier", self.identifier);
    visit("join_url", self.join_url);
    visit("preview_url", self.preview_url);
    visit("name", self.name);
    visit("description", self.description);
    visit("active_users", self.active_users);
    visit("active_users_cutoff", self.active_users_cutoff);
    visit("created", self.created);
    visit("image_id", self.image_id);
    visit("info_updates", self.info_updates);
    visit("message_sequence", self.message_sequence);
    visit("read", self.read);
    visit("write", self.write);
    visit("upload", self.upload);
    visit("staff_count", self.staff_count);
    visit("admins", self.admins);
    visit("moderators", self.moderators);
    visit("joinable", self.joinable);
    visit("not_joinable", self.not_joinable);
    visit("cleaned", self.cleaned);
    visit("dropped", self.dropped);
    visit("tags", self.tags);
    visit("found_on", self.found_on);
    visit("first_seen", self.first_seen);
    visit("last_seen", self.last_seen);
    visit("returned", self.returned);
    visit("gone", self.gone);
    visit("users", self.users);
  }
};

RECORD_COMPILED_ONCE(Room);
