#include "model/server.hpp"

#include <algorithm>
#include <bit>

#include "record/identifier.hpp"
#include "url/join_url.hpp"

namespace {

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
    if (const auto at = parse_day(day.day); at && day.asked > 0) {
      const std::int64_t hour =
          *at + 3600 * std::countr_zero(static_cast<std::uint64_t>(day.asked));
      first = std::min(first.value_or(hour), hour);
    }
  return first;
}

}  // namespace

bool is_on_own_host(const Server& server, const std::string& base_url) {
  const auto host = parse_base_url(base_url);
  if (!host) return false;
  for (const std::string& own : {server.base_url, server.prints_url.value_or("")})
    if (const auto named = parse_base_url(own); named && named->host == host->host) return true;
  return std::any_of(server.printed_hosts.begin(), server.printed_hosts.end(),
                     [&](const PrintedHost& printed) { return printed.host == host->host; });
}

std::string web_link(const std::string& url) {
  return url.starts_with("https://") || url.starts_with("http://") ? url : std::string{};
}

std::vector<FoundPlace> places_of(const std::vector<FoundOn>& found_on) {
  std::vector<FoundPlace> places;
  for (const FoundOn& found : found_on) {
    FoundPlace place{found.source, web_link(found.url), found.since.value_or("")};
    if (place.source.empty() && place.url.empty()) continue;
    places.push_back(std::move(place));
  }
  return places;
}

Uptime uptime_of(const std::vector<DayOfAnswers>& answers, UnixTime now) {
  return {share(answers, day_of(now - 6 * kDay)), share(answers, day_of(now - 29 * kDay)),
          first_hour(answers)};
}

ListedServer listed_server(const Server& server, UnixTime now) {
  ListedServer listed;
  listed.server.id = server.server_id.value_or("");
  listed.server.base_url = server.base_url;
  if (server.key) {
    listed.server.public_key = server.key->public_key;
    listed.server.key_status = server.key->status;
    listed.server.proven_at = server.key->proven_at.value_or("");
    if (server.key->cipher) listed.server.cipher = word_of(*server.key->cipher);
  }
  const auto printed = parse_base_url(server.prints_url.value_or(""));
  listed.server.prints_this_host = printed && printed->host_port() == host_port_of(server.base_url);
  listed.server.uptime = uptime_of(server.answers, now);
  for (const Alias& alias : server.aliases)
    if (is_shown(server, alias) && is_on_own_host(server, alias.base_url) &&
        !web_link(alias.base_url).empty())
      listed.server.aliases.push_back({alias.base_url, alias.proven_at.value_or("")});
  listed.server.staff_count = server.global_staff_count;
  if (server.probe) {
    listed.outcome = server.probe->outcome;
    listed.asked_at = server.probe->at;
    if (server.probe->outcome == ProbeOutcome::ok)
      listed.server.probe_seconds = server.probe->seconds;
    else
      listed.not_seen_since = server.last_seen.value_or("");
  }
  listed.first_seen = server.first_seen.value_or("");
  listed.last_seen = server.last_seen.value_or("");
  listed.copy_of = server.copy_of.value_or("");
  listed.same_rooms_as = server.same_rooms_as.value_or("");
  listed.gone = server.gone.has_value();
  listed.capabilities = server.capabilities;
  listed.found_on = places_of(server.found_on);
  return listed;
}
