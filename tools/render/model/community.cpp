#include "model/community.hpp"

#include "model/room_rules.hpp"
#include "record/identifier.hpp"
#include "record/people.hpp"

Community::Community() = default;
Community::Community(const Community&) = default;
Community::Community(Community&&) noexcept = default;
Community& Community::operator=(const Community&) = default;
Community& Community::operator=(Community&&) noexcept = default;
Community::~Community() = default;

Community community_of(const Server& server, const Room& room) {
  Community community;
  community.identifier = room.identifier.value_or("");
  community.token = room.token;
  community.name = room.name && !room.name->empty() ? *room.name : room.token;
  community.description = room.description.value_or("");
  community.join_url = room.join_url.value_or("");
  community.preview_url = web_link(room.preview_url.value_or(""));
  community.older_identifiers = older_identifiers(server, room.token);
  community.claimed_identifiers = claimed_identifiers(server, room.token);
  community.prints_url = server.prints_url.value_or("");
  community.weekly_users = weekly_users(room);
  community.active_users = room.active_users;
  community.active_users_cutoff = room.active_users_cutoff;
  community.staff_count = room.staff_count;
  if (room.created && *room.created > 0 && *room.created < 4e10)
    community.created = static_cast<std::int64_t>(*room.created);
  community.image_id = room.image_id;
  community.info_updates = room.info_updates;
  community.message_sequence = room.message_sequence;
  community.read = room.read;
  community.write = room.write;
  community.upload = room.upload;
  community.activity = activity_of(room.users);
  community.read_only = is_read_only(room);
  community.no_uploads = has_uploads_off(room);
  community.joinable = room.joinable;
  community.not_joinable = room.joinable && !*room.joinable;
  if (room.not_joinable) {
    community.not_joinable_code = room.not_joinable->code;
    community.not_joinable_reason = room.not_joinable->text;
  }
  community.first_seen = room.first_seen.value_or("");
  community.last_seen = room.last_seen.value_or("");
  community.returned = room.returned.value_or("");
  if (server.probe && server.probe->outcome != ProbeOutcome::ok)
    community.not_seen_since = room.last_seen ? *room.last_seen : server.last_seen.value_or("");
  else if (room.last_seen && server.last_seen && *room.last_seen < *server.last_seen)
    community.not_seen_since = *room.last_seen;
  community.found_on = places_of(room.found_on);
  for (const DayOfUsers& day : room.users)
    if (day.weekly) community.users.push_back({day.day, *day.weekly});
  return community;
}
