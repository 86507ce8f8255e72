#include "listing.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "history.hpp"
#include "portrait.hpp"

namespace {

constexpr std::size_t kShortestId = 8;
constexpr std::size_t kMostSharers = 16;  // of one fingerprint: the oldest

std::size_t common_digits(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                                  a.begin());
}

bool by_address_and_key(const Server* a, const Server* b) {
  return std::tie(a->base_url, key_of(*a)) < std::tie(b->base_url, key_of(*b));
}

// Whether somebody answered there for a key. If not, the sighting is but an asking.
bool has_answered(const Server& sighting) {
  return sighting.key && (sighting.last_seen || sighting.key->proven_at);
}

// Another key was answered for there before.
bool was_there_before(const Server& other, const Server& sighting) {
  return has_answered(other) && other.key->public_key != sighting.key->public_key &&
         other.first_seen && sighting.first_seen && *other.first_seen < *sighting.first_seen &&
         (other.key->proven_at || !sighting.key->proven_at);
}

bool share_an_address(const Persona& a, const Persona& b) {
  for (auto one = a.members.begin(), other = b.members.begin();
       one != a.members.end() && other != b.members.end();) {
    const int order = (*one)->base_url.compare((*other)->base_url);
    if (order == 0) return true;
    order < 0 ? ++one : ++other;  // both are sorted
  }
  return false;
}

// The askings at the addresses of a persona, or at the other scheme of their
// hosts, that found nobody who answers for its key or for another.
void find_askings(Persona& persona,
                  const std::map<std::string, std::vector<const Server*>>& by_address) {
  for (const Server* member : persona.members)
    for (const std::string& address : {member->base_url, twin_address(member->base_url)})
      if (const auto at = by_address.find(address); at != by_address.end())
        for (const Server* other : at->second)
          if (!has_answered(*other) && (!other->key || key_of(*other) == key_of(*member)))
            persona.askings.push_back(other);
  std::sort(persona.askings.begin(), persona.askings.end(), by_address_and_key);
  persona.askings.erase(std::unique(persona.askings.begin(), persona.askings.end()),
                        persona.askings.end());
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

Listing::Listing(const Sightings& sightings, const Rules& rules) : rules_{rules} {
  find_servers(sightings);
  std::sort(lines_.begin(), lines_.end(), [](const Line& a, const Line& b) {
    return std::tie(a.base_url, a.public_key) < std::tie(b.base_url, b.public_key);
  });
  for (std::size_t i = 0; i < lines_.size(); ++i)
    if (lines_[i].persona.holds_key) {
      by_age_.push_back(&lines_[i]);
      holders_.emplace(lines_[i].public_key, i);
    }
  std::sort(by_age_.begin(), by_age_.end(), [](const Line* a, const Line* b) {
    return std::tie(a->first_seen, a->public_key) < std::tie(b->first_seen, b->public_key);
  });
  give_ids();
  mark_copies();
}

void Listing::find_servers(const Sightings& sightings) {
  Roster by_key, by_address;
  for (Sightings::Id id = 0; id < sightings.size(); ++id) {
    const Server& sighting = sightings[id];
    by_address[sighting.base_url].push_back(&sighting);
    if (has_answered(sighting)) by_key[sighting.key->public_key].push_back(&sighting);
  }
  std::set<const Server*> attached;
  for (auto& [key, of_key] : by_key) {
    std::sort(of_key.begin(), of_key.end(), by_address_and_key);
    for (Persona& persona : personas_of(of_key)) {
      find_askings(persona, by_address);
      attached.insert(persona.askings.begin(), persona.askings.end());
      add(std::move(persona), by_address);
    }
  }
  for (const auto& [address, at_address] : by_address)
    for (const Server* sighting : at_address)
      if (!has_answered(*sighting) && !attached.contains(sighting))
        add({{sighting}, {}, false}, by_address);
  std::set<std::string_view> held;
  for (const Line& line : lines_)
    if (line.persona.holds_key) held.insert(line.public_key);
  for (Line& line : lines_)
    line.is_claim = !line.persona.holds_key && held.contains(line.public_key);
}

void Listing::add(Persona persona, const Roster& by_address) {
  Line& line = lines_.emplace_back();
  line.persona = std::move(persona);
  line.public_key = key_of(*line.persona.members.front());
  line.base_url = line.persona.members.front()->base_url;
  if (!has_answered(*line.persona.members.front())) return;

  for (const Server* member : line.persona.members)
    for (const std::string& address : {member->base_url, twin_address(member->base_url)})
      if (const auto at = by_address.find(address); at != by_address.end())
        for (const Server* other : at->second)
          line.has_changed_key = line.has_changed_key || was_there_before(*other, *member);
  const Server server = portrait_of(line.persona, rules_);
  line.base_url = server.base_url;
  line.first_seen = server.first_seen.value_or("~");
  for (const Room& room : server.rooms)
    if (std::string print = fingerprint(room); !print.empty())
      line.fingerprints.push_back(std::move(print));
}

void Listing::give_ids() {
  std::set<std::string_view> older;
  for (Line* line : by_age_) {
    const auto own = older.insert(line->public_key).first;
    // Of all that are older, a neighbour is most alike.
    std::size_t digits = kShortestId;
    if (own != older.begin()) digits = std::max(digits, common_digits(*own, *std::prev(own)) + 1);
    if (std::next(own) != older.end())
      digits = std::max(digits, common_digits(*own, *std::next(own)) + 1);
    line->server_id = line->public_key.substr(0, digits);
  }
}

// A server is a copy of an older one if at least half of its rooms were made at
// the very time at which that one's rooms of the same tokens were. The same
// address under two keys is no copy, but a changed key.
void Listing::mark_copies() {
  std::unordered_map<std::string, std::vector<std::size_t>> sharers;  // places in by_age_
  for (std::size_t age = 0; age < by_age_.size(); ++age) {
    Line& line = *by_age_[age];
    std::map<std::size_t, std::size_t> shared;
    for (const std::string& print : line.fingerprints) {
      std::vector<std::size_t>& older = sharers[print];
      for (const std::size_t other : older) ++shared[other];
      if (older.size() < kMostSharers) older.push_back(age);
    }
    for (const auto& [other, count] : shared)
      if (count * 2 >= line.fingerprints.size() &&
          !share_an_address(line.persona, by_age_[other]->persona)) {
        line.copy_of = by_age_[other]->server_id;
        break;
      }
  }
}

Server Listing::operator[](std::size_t index) const {
  const Line& line = lines_[index];
  const Server& first = *line.persona.members.front();
  Server server = has_answered(first) ? portrait_of(line.persona, rules_) : first;
  if (line.is_claim) server.flags.push_back("claims-key-of-another");
  if (line.has_changed_key) server.flags.push_back("key-changed");
  if (!line.copy_of.empty()) server.copy_of = line.copy_of;
  if (line.persona.holds_key) {
    server.server_id = line.server_id;
    server.gone = gone_since(server, rules_);
    name_rooms(server, rules_);
  }
  return server;
}

std::optional<std::size_t> Listing::holder(std::string_view public_key) const {
  const auto at = holders_.find(public_key);
  return at == holders_.end() ? std::nullopt : std::optional{at->second};
}

bool is_listed(const Room& room) { return room.identifier && !room.gone; }
