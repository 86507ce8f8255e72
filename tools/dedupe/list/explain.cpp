#include "list/explain.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "cli/errors.hpp"
#include "list/address.hpp"
#include "list/build_server.hpp"
#include "record/identifier.hpp"
#include "url/join_url.hpp"

namespace {

constexpr std::size_t kShortestKeyPart = 4;
constexpr std::size_t kShortestServerId = 8;

// What the question names: a server by key or by address, and maybe one of its rooms.
struct Question {
  std::string key_start, address, token;

  explicit Question(std::string_view what) {
    const auto plus = what.find('+');
    if (const auto join = parse_join_url(what)) {
      key_start = join->public_key;
      token = join->token;
    } else if (plus != std::string_view::npos && what.size() - plus > kShortestKeyPart &&
               is_lower_hex(what.substr(plus + 1))) {
      key_start = what.substr(plus + 1);
      token = what.substr(0, plus);
    } else if (what.size() >= kShortestServerId && is_lower_hex(what)) {
      key_start = what;
    } else {
      const auto base = parse_base_url(what);
      address = !base                            ? std::string{what}
                : what.find("://") < what.size() ? base->text()
                                                 : base->host_port();
    }
  }

  bool is_about(const Server& server) const {
    if (!key_start.empty()) return key_of(server).starts_with(key_start) && has_room(server);
    if (is_address(server.base_url)) return true;
    return std::any_of(server.aliases.begin(), server.aliases.end(),
                       [this](const Alias& alias) { return is_address(alias.base_url); });
  }

 private:
  bool has_room(const Server& server) const {
    return token.empty() || std::any_of(server.rooms.begin(), server.rooms.end(),
                                        [this](const Room& room) { return room.token == token; });
  }
  bool is_address(std::string_view url) const {
    return url == address || host_port_of(url) == address;
  }
};

std::string or_never(const std::optional<std::string>& time) { return time.value_or("never"); }

std::string pages(const std::vector<FoundOn>& found_on) {
  std::string text;
  for (const FoundOn& page : found_on) {
    text += "    " + page.url + (page.source.empty() ? "" : " (" + page.source + ")");
    if (page.since) text += ", since " + *page.since;
    if (page.last) text += ", last " + *page.last;
    text += "\n";
  }
  return text;
}

bool has_flag(const Server& server, ServerFlag flag) {
  return std::find(server.flags.begin(), server.flags.end(), flag) != server.flags.end();
}

std::string about_key(const Server& server) {
  if (!server.key) return "  key: it showed none\n";
  const Key& key = *server.key;
  std::string text = "  key " + key.public_key + ": " + std::string{word_of(key.status)};
  if (key.judged_at) text += " on " + *key.judged_at;
  if (key.proven_at) text += ", last proof " + *key.proven_at;
  if (key.cipher) text += " (" + std::string{word_of(*key.cipher)} + ")";
  text += "\n";
  if (!server.server_id)
    text += has_flag(server, ServerFlag::claims_key_of_another)
                ? "    not listed: another server has the better claim to this key (a proof comes "
                  "first, then the longest known)\n"
                : "    not listed: it never answered for this key\n";
  if (has_flag(server, ServerFlag::key_changed))
    text += "    its address answered for another key before\n";
  if (server.server_id && server.server_id->size() > kShortestServerId)
    text +=
        "    its id has more than 8 digits: a server that proved its key, is known longer, or that "
        "people list, has the same first 8\n";
  return text;
}

std::string about_rooms(const Server& server, bool is_vouched) {
  if (is_vouched) return "  people list this key: it is never a copy\n";
  if (server.copy_of)
    return "  copy of " + *server.copy_of +
           ": at least half of its rooms were shown there more than 7 days earlier, or people list "
           "that key\n";
  if (server.same_rooms_as)
    return "  same rooms as " + *server.same_rooms_as +
           ": both were first seen within 7 days, so neither counts as the copy\n";
  return {};
}

std::string about_addresses(const Server& server, const Sources& sources, const Rules& rules) {
  if (!server.key) return {};
  const AuthoritativeAddresses addresses = authoritative_addresses(sources, rules);
  const Hosts& people = peoples_hosts(sources, rules);
  const auto is_among = [](const std::vector<const Server*>& list, const Server& member) {
    return std::find(list.begin(), list.end(), &member) != list.end();
  };
  std::string text = "  address " + server.base_url + ": " +
                     std::string{why_printed(addresses.present, people)} + "\n";
  if (server.prints_url) text += "    the server prints the address " + *server.prints_url + "\n";
  for (const Server& member : sources.members) {
    if (&member == addresses.present.front()) continue;
    text += "    not " + member.base_url + ": ";
    if (is_among(addresses.present, member))
      text += why_not(addresses.present, member, people);
    else if (is_among(addresses.past, member))
      text += "its last proof or answer is too old";
    else
      text += addresses.present.front()->key->proven_at
                  ? "it never proved the key"
                  : "nobody proved this key, and the printed host is known longer";
    text += "\n";
  }
  for (const PrintedHost& host : server.printed_hosts)
    text += "    host " + host.host + ": printed, or named in a proof, since " + host.since + "\n";
  return text;
}

std::string about_observation(const Server& observation) {
  std::string text = "    " + observation.base_url + ": " +
                     std::string{observation.key ? word_of(observation.key->status) : "no key"} +
                     ", first answer " + or_never(observation.first_seen);
  if (observation.last_seen) text += ", last answer " + *observation.last_seen;
  if (observation.probe)
    text += ", last probed " + observation.probe->at + ": " +
            std::string{word_of(observation.probe->outcome)};
  return text + "\n";
}

std::string about_observations(const Server& server) {
  std::string text = "  made from:\n";
  for (const Server& observation : server.observations) text += about_observation(observation);
  if (server.observations.empty()) text += about_observation(server);
  return text;
}

std::string about_server(const Server& server, const Sources& sources, const Rules& rules) {
  const bool is_vouched =
      server.key && server.key->proven_at && rules.vouched && rules.vouched->has(key_of(server));
  std::string text = server.server_id.value_or("(no server id)") + " at " + server.base_url;
  text += server.gone        ? ": gone since " + *server.gone
          : server.server_id ? ": listed"
                             : ": not listed";
  text += "\n  first answer " + or_never(server.first_seen) + ", last answer " +
          or_never(server.last_seen) + "\n";
  text += about_key(server) + about_rooms(server, is_vouched) +
          about_addresses(server, sources, rules) + about_observations(server);
  if (!server.found_on.empty()) text += "  named on:\n" + pages(server.found_on);
  for (const ClaimedKey& claim : server.public_keys)
    if (claim.public_key != key_of(server)) {
      text += "  a page or person claims the key " + claim.public_key +
              (claim.status ? " (" + std::string{word_of(*claim.status)} + ")" : "") + ":\n" +
              pages(claim.found_on);
    }
  return text;
}

std::string about_room(const Room& room) {
  std::string text = room.identifier.value_or(room.token + " (no identifier)");
  text += room.gone ? ": gone since " + *room.gone : room.identifier ? ": listed" : ": not listed";
  text += "\n  first in an answer " + or_never(room.first_seen) + ", last " +
          or_never(room.last_seen) + "\n";
  if (room.returned) text += "  back since " + *room.returned + "\n";
  if (room.join_url) text += "  " + *room.join_url + "\n";
  if (!room.found_on.empty()) text += "  named on:\n" + pages(room.found_on);
  return text;
}

}  // namespace

std::string explain(const Listing& listing, std::string_view what) {
  const Question question{what};
  std::string text;
  JsonText memory;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    const Server server = listing.server(i, memory);
    if (!question.is_about(server)) continue;
    for (const Room& room : server.rooms)
      if (room.token == question.token) text += about_room(room);
    text += about_server(server, listing.sources(i, memory), listing.rules());
  }
  if (text.empty())
    throw Failure{"nothing here is called " + std::string{what} +
                  "; a name is an identifier, server id, key, address or join URL"};
  return text;
}
