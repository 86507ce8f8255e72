#include "model/card.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "record/identifier.hpp"

namespace {

constexpr std::int64_t kDay = 24 * 60 * 60;

// Links lead to the web and nowhere else: what is in a record may be anything.
std::string web_link(const std::string& url) {
  return url.starts_with("https://") || url.starts_with("http://") ? url : std::string{};
}

std::vector<CardPlace> places_of(const std::vector<FoundOn>& found_on) {
  std::vector<CardPlace> places;
  for (const FoundOn& found : found_on) {
    CardPlace place{found.source, web_link(found.url), found.since.value_or("")};
    if (place.source.empty() && place.url.empty()) continue;
    places.push_back(std::move(place));
  }
  return places;
}

std::optional<std::int64_t> share(const std::vector<DayOfAnswers>& answers,
                                  const std::string& from) {
  int asked = 0, answered = 0;
  for (const DayOfAnswers& day : answers) {
    if (day.day < from) continue;
    asked += std::popcount(static_cast<std::uint64_t>(day.asked));
    answered += std::popcount(static_cast<std::uint64_t>(day.asked & day.answered));
  }
  if (asked == 0) return std::nullopt;
  return answered * 100 / asked;
}

std::optional<std::int64_t> first_hour(const std::vector<DayOfAnswers>& answers) {
  std::optional<std::int64_t> first;
  for (const DayOfAnswers& day : answers)
    if (const auto at = parse_rfc3339(day.day + "T00:00:00Z"); at && day.asked > 0) {
      const std::int64_t hour =
          *at + 3600 * std::countr_zero(static_cast<std::uint64_t>(day.asked));
      first = std::min(first.value_or(hour), hour);
    }
  return first;
}

}  // namespace

Uptime uptime_of(const std::vector<DayOfAnswers>& answers, UnixTime now) {
  return {share(answers, day_of(now - 6 * kDay)), share(answers, day_of(now - 29 * kDay)),
          first_hour(answers)};
}

ServerCard server_card(const Server& server, UnixTime now) {
  ServerCard card;
  card.server.id = server.server_id.value_or("");
  card.server.base_url = server.base_url;
  if (server.key) {
    card.server.public_key = server.key->public_key;
    card.server.key_status = server.key->status;
    card.server.proven_at = server.key->proven_at.value_or("");
    card.server.cipher = server.key->cipher.value_or("");
  }
  card.server.uptime = uptime_of(server.answers, now);
  for (const Alias& alias : server.aliases)
    if (is_shown(server, alias) && !web_link(alias.base_url).empty())
      card.server.aliases.push_back({alias.base_url, alias.proven_at.value_or("")});
  if (server.probe) {
    card.outcome = server.probe->outcome;
    card.asked_at = server.probe->at;
    if (card.outcome != "ok") card.not_seen_since = server.last_seen.value_or("");
  }
  card.first_seen = server.first_seen.value_or("");
  card.last_seen = server.last_seen.value_or("");
  card.copy_of = server.copy_of.value_or("");
  card.gone = server.gone.has_value();
  card.capabilities = server.capabilities;
  card.found_on = places_of(server.found_on);
  return card;
}

Card card_of(const Community& community, const CardServer& server, UnixTime) {
  const Room& room = *community.room;
  Card card;
  card.identifier = community.identifier;
  card.token = room.token;
  card.name = community.name;
  card.description = community.description;
  card.join_url = room.join_url.value_or("");
  card.preview_url = web_link(room.preview_url.value_or(""));
  for (const SpokenLanguage& spoken : community.languages)
    card.languages.push_back({spoken.code, spoken.witness.origin});
  for (const Tag& tag : community.tags) card.tags.push_back(tag.text);
  card.older = community.older_identifiers;
  card.weekly_users = community.weekly_users;
  card.active_users = room.active_users;
  card.active_users_cutoff = room.active_users_cutoff;
  card.staff_count = community.staff_count;
  if (room.created && *room.created > 0 && *room.created < 4e10)
    card.created = static_cast<std::int64_t>(*room.created);
  card.image_id = room.image_id;
  card.info_updates = room.info_updates;
  card.message_sequence = room.message_sequence;
  card.pinned = bool{community.pinned};
  card.official = bool{community.official};
  card.is_new = community.is_new;
  card.read_only = community.read_only;
  card.no_uploads = community.uploads_off;
  card.adult = bool{community.adult};
  card.test = bool{community.test};
  card.staffed = community.staffed;
  card.read = room.read;
  card.write = room.write;
  card.upload = room.upload;
  card.not_joinable = room.joinable && !*room.joinable;
  card.not_joinable_reason = room.not_joinable.value_or("");
  card.first_seen = room.first_seen.value_or("");
  card.last_seen = room.last_seen.value_or("");
  card.returned = room.returned.value_or("");
  if (community.server->probe && community.server->probe->outcome != "ok")
    card.not_seen_since =
        card.last_seen.empty() ? community.server->last_seen.value_or("") : card.last_seen;
  else if (room.last_seen && community.server->last_seen &&
           *room.last_seen < *community.server->last_seen)
    card.not_seen_since = *room.last_seen;
  card.gone = community.visibility.standing == Standing::gone;
  if (card.gone) {
    card.gone_at = community.visibility.date;
    if (card.gone_at.empty()) card.gone_at = community.server->gone.value_or(card.last_seen);
  }
  card.found_on = places_of(room.found_on);
  for (const DayOfUsers& day : room.users)
    if (day.weekly) card.users.push_back({day.day, *day.weekly});
  card.server = server;
  return card;
}

double score_of(const Card& card) {
  double score = std::log2(
      1.0 + static_cast<double>(std::max<std::int64_t>(0, card.weekly_users.value_or(0))));
  if (card.staff_count.value_or(0) > 0) score += 1;
  if (card.staffed) score += 1;
  if (card.server.uptime.month) score += static_cast<double>(*card.server.uptime.month) / 50;
  if (card.server.key_status == "proven") score += 1;
  if (!card.description.empty()) score += 1;
  if (card.read_only) score -= 1;
  if (!card.not_seen_since.empty()) score -= 3;
  // As far as a million people can lift it.
  if (card.not_joinable || card.server.key_status == "legacy") score -= 20;
  if (card.test) score -= 6;
  return score;
}
