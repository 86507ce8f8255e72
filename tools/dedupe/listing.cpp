#include "listing.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

#include "history.hpp"
#include "merge.hpp"
#include "portrait.hpp"

namespace {

constexpr std::size_t kShortestId = 8;
constexpr std::size_t kMostSharers = 16;  // of one fingerprint: the oldest

struct Known {
  Server server;
  bool holds_key = false;
};

// Known first: what a newcomer is compared with.
auto age_of(const Server& server) {
  return std::tuple{server.first_seen.value_or("~"), server.key->public_key};
}

std::size_t common_digits(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                                  a.begin());
}

void give_ids(const std::vector<Server*>& by_age) {
  std::unordered_map<std::string, std::vector<Server*>> alike;
  for (Server* server : by_age)
    alike[server->key->public_key.substr(0, kShortestId)].push_back(server);
  for (auto& [start, servers] : alike)
    for (Server* server : servers) {
      std::size_t digits = kShortestId;
      if (server != servers.front())
        for (const Server* other : servers)
          if (other != server)
            digits = std::max(digits,
                              common_digits(server->key->public_key, other->key->public_key) + 1);
      server->server_id = server->key->public_key.substr(0, digits);
    }
}

std::set<std::string> addresses_of(const Server& server) {
  std::set<std::string> addresses{server.base_url};
  for (const Alias& alias : server.aliases) addresses.insert(alias.base_url);
  return addresses;
}

bool share_an_address(const Server& a, const Server& b) {
  const auto of_a = addresses_of(a), of_b = addresses_of(b);
  return std::any_of(of_a.begin(), of_a.end(), [&](const auto& url) { return of_b.contains(url); });
}

// A server is a copy of an older one if at least half of its rooms were made at
// the very time at which that one's rooms of the same tokens were. The same
// address under two keys is no copy, but a changed key.
void mark_copies(const std::vector<Server*>& by_age) {
  std::unordered_map<std::string, std::vector<const Server*>> sharers;
  for (Server* server : by_age) {
    std::map<std::size_t, std::pair<const Server*, std::size_t>> shared;  // by age
    std::size_t rooms = 0;
    for (const Room& room : server->rooms) {
      const std::string print = fingerprint(room);
      if (print.empty()) continue;
      ++rooms;
      std::vector<const Server*>& older = sharers[print];
      for (const Server* other : older) {
        const auto age =
            static_cast<std::size_t>(std::lower_bound(by_age.begin(), by_age.end(), other,
                                                      [](const Server* a, const Server* b) {
                                                        return age_of(*a) < age_of(*b);
                                                      }) -
                                     by_age.begin());
        auto& [original, count] = shared[age];
        original = other;
        ++count;
      }
      if (older.size() < kMostSharers) older.push_back(server);
    }
    for (const auto& [age, match] : shared)
      if (match.second * 2 >= rooms && !share_an_address(*server, *match.first)) {
        server->copy_of = match.first->server_id;
        break;
      }
  }
}

// The address answered for another key before.
bool has_changed_key(const Server& sighting, const std::vector<const Server*>& at_address) {
  return std::any_of(at_address.begin(), at_address.end(), [&](const Server* other) {
    return other->key && other->key->public_key != sighting.key->public_key && other->first_seen &&
           sighting.first_seen && *other->first_seen < *sighting.first_seen &&
           (other->key->proven_at || !sighting.key->proven_at);
  });
}

void name_rooms(Server& server, const Rules& rules) {
  // protocol.md 1.5: only pysogs shows rooms in a browser, and only pysogs takes xchacha20.
  const bool shows_rooms = server.prints_url || server.key->cipher == "xchacha20";
  for (Room& room : server.rooms) {
    room.identifier = room.token + "+" + *server.server_id;
    room.join_url = server.base_url + "/" + room.token + "?public_key=" + server.key->public_key;
    if (shows_rooms && room.read.value_or(true))
      room.preview_url = server.base_url + "/r/" + room.token + "/";
    room.returned = returned_on(room, rules);
    room.gone = gone_since(server, room, rules);
  }
}

}  // namespace

void Sightings::add(Server sighting) {
  Name name{sighting.base_url, key_of(sighting)};
  const auto at = all_.find(name);
  if (at == all_.end())
    all_.emplace(std::move(name), std::move(sighting));
  else
    join_sightings(at->second, sighting);
}

void Sightings::forget(const Rules& rules) {
  for (auto at = all_.begin(); at != all_.end();)
    at = ::forget(at->second, rules) ? std::next(at) : all_.erase(at);
}

std::optional<UnixTime> Sightings::newest_probe() const {
  std::optional<std::string> newest;
  for (const auto& [name, sighting] : all_)
    if (sighting.probe) join_most(newest, std::optional{sighting.probe->at});
  return newest ? parse_rfc3339(*newest) : std::nullopt;
}

std::vector<Server> listing_of(const Sightings& sightings, const Rules& rules) {
  std::map<std::string, std::vector<const Server*>> by_key, by_address;
  for (const auto& [name, sighting] : sightings.all()) {
    by_address[name.first].push_back(&sighting);
    if (!name.second.empty()) by_key[name.second].push_back(&sighting);
  }

  std::vector<Known> all;
  for (const auto& [address, at_address] : by_address)
    if (at_address.size() == 1 && !at_address.front()->key)
      all.push_back({*at_address.front(), false});
  for (const auto& [key, of_key] : by_key) {
    const std::vector<Persona> personas = personas_of(of_key);
    const bool is_held = std::any_of(personas.begin(), personas.end(),
                                     [](const Persona& persona) { return persona.holds_key; });
    for (const Persona& persona : personas) {
      std::vector<const Server*> keyless;
      bool changed = false;
      for (const Server* member : persona.members) {
        const auto& at_address = by_address[member->base_url];
        if (!at_address.front()->key) keyless.push_back(at_address.front());
        changed = changed || has_changed_key(*member, at_address);
      }
      Known known{portrait_of(persona, keyless, rules), persona.holds_key};
      if (changed) known.server.flags.push_back("key-changed");
      if (is_held && !persona.holds_key) known.server.flags.push_back("claims-key-of-another");
      all.push_back(std::move(known));
    }
  }

  std::vector<Server*> by_age;
  for (Known& known : all)
    if (known.holds_key) by_age.push_back(&known.server);
  std::sort(by_age.begin(), by_age.end(),
            [](const Server* a, const Server* b) { return age_of(*a) < age_of(*b); });
  give_ids(by_age);
  mark_copies(by_age);
  for (Server* server : by_age) {
    server->gone = gone_since(*server, rules);
    name_rooms(*server, rules);
  }

  std::sort(all.begin(), all.end(), [](const Known& a, const Known& b) {
    return std::tie(a.server.base_url, key_of(a.server)) <
           std::tie(b.server.base_url, key_of(b.server));
  });
  std::vector<Server> listing;
  for (Known& known : all) listing.push_back(std::move(known.server));
  return listing;
}

bool is_listed(const Room& room) { return room.identifier && !room.gone; }
