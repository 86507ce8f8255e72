// A Community: a room on a server. Members that the server's API gives keep the
// API's names and units (protocol.md 3: times are Unix seconds, active_users
// counts people within active_users_cutoff seconds).
//
// A room is listed if it has an identifier and is not gone.
#pragma once

#include "record/join.hpp"

// A day on which the room was seen, and its people, for the chart.
struct DayOfUsers {
  std::string day;                     // UTC
  std::optional<std::int64_t> weekly;  // the most of that day, scaled to seven days, where told

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("day", self.day);
    visit("weekly", self.weekly);
  }
};

struct Room {
  std::string token;
  std::optional<std::string> identifier;  // dedupe: TOKEN+ and the first 8 hex digits of the key
  std::optional<std::string> join_url;    // dedupe: only when the key is known
  std::optional<std::string>
      preview_url;  // dedupe: the room's page on its server, where there is one
  std::optional<std::string> name, description;
  std::optional<std::int64_t> active_users, active_users_cutoff;
  std::optional<double> created;
  std::optional<std::int64_t> image_id, info_updates, message_sequence;
  std::optional<bool> read, write, upload;
  std::optional<std::int64_t> staff_count;      // distinct visible admins and moderators
  std::vector<std::string> admins, moderators;  // Session ids: only with --staff
  std::optional<bool> joinable;                 // protocol.md 5.4
  std::optional<std::string> not_joinable;      // the reason
  std::optional<bool> cleaned;                  // text was changed (protocol.md 8)
  std::vector<std::string> dropped;             // members that made no sense, each with its reason
  std::vector<std::string> tags;                // what sources say
  std::vector<FoundOn> found_on;
  std::optional<std::string> first_seen, last_seen;  // dedupe: in an answer of the server
  std::optional<std::string> returned;               // dedupe: back since, after it was gone
  std::optional<std::string> gone;                   // dedupe: not listed since
  std::vector<DayOfUsers> users;                     // dedupe: 90 days, oldest first
  Json::Object others;

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
