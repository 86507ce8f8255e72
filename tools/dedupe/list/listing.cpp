#include "list/listing.hpp"

#include <algorithm>
#include <tuple>

#include "base/ascii.hpp"
#include "base/ordered_parallel_map.hpp"
#include "list/copies.hpp"
#include "merge/history.hpp"
#include "ndjson/lines.hpp"
#include "url/join_url.hpp"

namespace {

using Id = Observations::Id;

constexpr std::size_t kShortestId = 8;

std::size_t common_digits(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                                  a.begin());
}

// The observations with an answer for a key, by key and then in their order.
std::vector<Id> answered_by_key(const Observations& observations) {
  struct Entry {
    std::uint64_t front;
    Id id;
  };
  std::vector<Entry> entries;
  for (Id id = 0; id < observations.size(); ++id) {
    if (!observations[id].has_answered()) continue;
    entries.push_back({first_bytes(observations[id].public_key()), id});
  }
  std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
    if (a.front != b.front) return a.front < b.front;
    const int order = observations[a.id].public_key().compare(observations[b.id].public_key());
    return order != 0 ? order < 0 : a.id < b.id;
  });
  std::vector<Id> ids;
  ids.reserve(entries.size());
  for (const Entry& entry : entries) ids.push_back(entry.id);
  return ids;
}

// The index at which each key begins, and the end.
std::vector<std::size_t> key_starts(const Observations& observations, const std::vector<Id>& ids) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (i == 0 || observations[ids[i]].public_key() != observations[ids[i - 1]].public_key())
      starts.push_back(i);
  starts.push_back(ids.size());
  return starts;
}

void name_rooms(Server& server, const Rules& rules) {
  // protocol.md 1.5: only pysogs has a page for each room, and only pysogs takes xchacha20.
  const bool shows_rooms = server.prints_url || server.key->cipher == Cipher::xchacha20;
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

// A line before it is added.
struct Listing::Found {
  Cluster cluster;
  Line line;
  std::vector<RoomFingerprint> rooms;
};

Listing::Listing(const Observations& observations) : observations_{observations} {
  lines_.reserve(observations.size());
  ids_.reserve(observations.size());
  find_servers();
  find_others();
  // Observations are in the order of their addresses and keys.
  std::sort(lines_.begin(), lines_.end(),
            [](const Line& a, const Line& b) { return a.printed < b.printed; });
  find_holders();
  const std::vector<std::uint32_t> by_age = holders_by_age();
  give_ids(by_age);
  mark_copies(by_age);
}

// The unanswered probes of a cluster's addresses, and of their twins under the other scheme.
std::vector<Id> Listing::unanswered_of(const Cluster& cluster) const {
  std::vector<Id> unanswered;
  for (const Id member : cluster.members)
    for (const Observations::Range range :
         {observations_.at_address_of(member),
          observations_.at_address(twin_address(observations_.base_url(member)))})
      for (const std::string_view key : {std::string_view{}, observations_[member].public_key()})
        if (const auto id = observations_.find(range, key);
            id && !observations_[*id].has_answered())
          unanswered.push_back(*id);
  std::sort(unanswered.begin(), unanswered.end());
  unanswered.erase(std::unique(unanswered.begin(), unanswered.end()), unanswered.end());
  return unanswered;
}

Listing::Found Listing::found(Cluster cluster, const Rekeyed& rekeyed, JsonText& memory) const {
  Found found;
  cluster.unanswered = unanswered_of(cluster);
  found.line.holds_key = cluster.holds_key;
  found.line.is_proven = std::any_of(cluster.members.begin(), cluster.members.end(),
                                     [&](Id member) { return observations_[member].is_proven(); });
  found.line.printed = cluster.members.front();
  found.line.first_seen = observations_[found.line.printed].first_seen;
  const auto add = [&](const RoomFingerprint& room) { found.rooms.push_back(room); };
  if (cluster.members.size() == 1) {
    for (const RoomFingerprint& room : observations_.fingerprints(found.line.printed)) add(room);
  } else {
    Sources sources;
    for (const Id member : cluster.members)
      sources.members.push_back(observations_.load(member, memory));
    const Server server = build_server(std::move(sources), rules());
    found.line.printed =
        *std::find_if(cluster.members.begin(), cluster.members.end(),
                      [&](Id member) { return observations_.base_url(member) == server.base_url; });
    found.line.first_seen =
        server.first_seen ? parse_rfc3339(*server.first_seen).value_or(ObservationSummary::kNever)
                          : ObservationSummary::kNever;
    for (const Room& room : server.rooms)
      if (const auto fingerprint = fingerprint_of(room)) add(*fingerprint);
  }
  // A relay may have had a key of its own before.
  found.line.has_changed_key =
      std::any_of(cluster.members.begin(), cluster.members.end(), [&](Id member) {
        return rekeyed.was(member) && host_of(member) == host_of(found.line.printed);
      });
  found.cluster = std::move(cluster);
  return found;
}

void Listing::find_servers() {
  const Rekeyed rekeyed{observations_};
  const std::vector<Id> ids = answered_by_key(observations_);
  const std::vector<std::size_t> starts = key_starts(observations_, ids);
  const std::size_t keys = starts.size() - 1;
  ordered_parallel_map_chunks(
      keys, [&](std::size_t i) { return observations_.bytes(ids[starts[i]]); },
      [&](std::size_t first, std::size_t last) {
        std::vector<Found> servers;
        JsonText memory;
        for (std::size_t i = first; i < last; ++i)
          for (Cluster& cluster : clusters_of(
                   observations_, std::span{ids}.subspan(starts[i], starts[i + 1] - starts[i])))
            servers.push_back(found(std::move(cluster), rekeyed, memory));
        return servers;
      },
      [&](const std::vector<Found>& servers) {
        for (const Found& server : servers) add(server);
      });
}

// Adds a line for each address without a server. At each address the observation without a key
// comes first: it holds the result of the probe for every claimed key.
void Listing::find_others() {
  std::vector<bool> is_used(observations_.size());
  for (const Id id : ids_) is_used[id] = true;
  for (Id id = 0; id < observations_.size(); ++id) {
    if (is_used[id]) continue;
    Found other;
    const Id next = id + 1;
    if (!observations_[id].has_key && next < observations_.size() && !is_used[next] &&
        observations_[next].bucket == observations_[id].bucket)
      other.cluster.unanswered = {id++};
    other.cluster.members = {id};
    other.line.printed = id;
    add(other);
  }
}

void Listing::add(const Found& found) {
  const Cluster& cluster = found.cluster;
  Line& line = lines_.emplace_back(found.line);
  line.first = static_cast<std::uint32_t>(ids_.size());
  line.members = static_cast<std::uint32_t>(cluster.members.size());
  line.unanswered = static_cast<std::uint32_t>(cluster.unanswered.size());
  ids_.insert(ids_.end(), cluster.members.begin(), cluster.members.end());
  ids_.insert(ids_.end(), cluster.unanswered.begin(), cluster.unanswered.end());
  line.first_room = static_cast<std::uint32_t>(rooms_.size());
  line.rooms = static_cast<std::uint32_t>(found.rooms.size());
  rooms_.insert(rooms_.end(), found.rooms.begin(), found.rooms.end());
}

void Listing::find_holders() {
  for (std::uint32_t i = 0; i < lines_.size(); ++i)
    if (lines_[i].holds_key) holders_.push_back(i);
  std::sort(holders_.begin(), holders_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return public_key(lines_[a]) < public_key(lines_[b]);
  });
  for (Line& line : lines_) line.is_claim = !line.holds_key && holder(public_key(line));
}

// The order in which servers get the shortest identifier, and count as the original. First those
// that people vouch for, then those that proved their key, since anybody can claim any key; then
// the longest known.
std::vector<std::uint32_t> Listing::holders_by_age() const {
  std::vector<std::uint32_t> by_age = holders_;  // of equal age: the smaller key first
  const auto rank = [this](std::uint32_t index) {
    const Line& line = lines_[index];
    return std::tuple{!is_vouched(line), !line.is_proven, line.first_seen};
  };
  std::stable_sort(by_age.begin(), by_age.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
  return by_age;
}

bool Listing::is_vouched(const Line& line) const {
  return line.is_proven && rules().vouched && rules().vouched->has(public_key(line));
}

// In the sorted list of all older keys, a neighbour has the longest common prefix with a key. So
// this takes the youngest key, compares it with its neighbours, removes it, and repeats.
void Listing::give_ids(const std::vector<std::uint32_t>& by_age) {
  struct Neighbours {
    std::uint32_t before = kNone, after = kNone;
  };
  std::vector<Neighbours> neighbours(lines_.size());
  for (std::size_t i = 1; i < holders_.size(); ++i) {
    neighbours[holders_[i]].before = holders_[i - 1];
    neighbours[holders_[i - 1]].after = holders_[i];
  }
  for (auto at = by_age.rbegin(); at != by_age.rend(); ++at) {
    const auto [before, after] = neighbours[*at];
    std::size_t digits = kShortestId;
    for (const std::uint32_t other : {before, after})
      if (other != kNone)
        digits =
            std::max(digits, common_digits(public_key(lines_[*at]), public_key(lines_[other])) + 1);
    lines_[*at].id_digits = static_cast<std::uint8_t>(digits);
    if (before != kNone) neighbours[before].after = after;
    if (after != kNone) neighbours[after].before = before;
  }
}

void Listing::mark_copies(const std::vector<std::uint32_t>& by_age) {
  std::vector<RoomsOfServer> servers;
  servers.reserve(by_age.size());
  for (const std::uint32_t line : by_age)
    servers.push_back({std::span{rooms_}.subspan(lines_[line].first_room, lines_[line].rooms),
                       is_vouched(lines_[line])});
  // One host with two keys is a changed key, not a copy. Only printed hosts count: a copy may also
  // relay its original.
  const auto are_one = [&](std::uint32_t a, std::uint32_t b) {
    return are_on_one_host(lines_[by_age[a]], lines_[by_age[b]]);
  };
  const std::vector<Copying> copying = find_copies(servers, are_one);
  for (std::size_t i = 0; i < by_age.size(); ++i) {
    if (copying[i].copy_of != kNone) lines_[by_age[i]].copied = by_age[copying[i].copy_of];
    if (copying[i].same_rooms_as != kNone)
      lines_[by_age[i]].same_rooms = by_age[copying[i].same_rooms_as];
  }
  rooms_ = {};
}

bool Listing::are_on_one_host(const Line& a, const Line& b) const {
  return host_of(a.printed) == host_of(b.printed);
}

std::string Listing::host_of(Id observation) const {
  return parse_base_url(observations_.base_url(observation))->host;
}

std::span<const Id> Listing::members(const Line& line) const {
  return std::span{ids_}.subspan(line.first, line.members);
}

std::string_view Listing::public_key(const Line& line) const {
  return observations_[ids_[line.first]].public_key();
}

std::string Listing::server_id(const Line& line) const {
  return std::string{public_key(line).substr(0, line.id_digits)};
}

Sources Listing::sources(std::size_t index, JsonText& memory) const {
  const Line& line = lines_[index];
  Sources sources;
  for (const Id id : members(line)) sources.members.push_back(observations_.load(id, memory));
  for (const Id id : std::span{ids_}.subspan(line.first + line.members, line.unanswered))
    sources.unanswered.push_back(observations_.load(id, memory));
  return sources;
}

Server Listing::server(std::size_t index, JsonText& memory) const {
  const Line& line = lines_[index];
  Sources sources = this->sources(index, memory);
  Server server = observations_[line.printed].has_answered()
                      ? build_server(std::move(sources), rules())
                      : build_claim(sources);
  if (line.is_claim) server.flags.push_back(ServerFlag::claims_key_of_another);
  if (line.has_changed_key) server.flags.push_back(ServerFlag::key_changed);
  if (line.copied != kNone) server.copy_of = server_id(lines_[line.copied]);
  if (line.same_rooms != kNone) server.same_rooms_as = server_id(lines_[line.same_rooms]);
  if (line.holds_key) {
    server.server_id = server_id(line);
    server.gone = gone_since(server, rules());
    name_rooms(server, rules());
  }
  return server;
}

std::size_t Listing::bytes(std::size_t index) const {
  std::size_t bytes = 0;
  for (const Id id : members(lines_[index])) bytes += observations_.bytes(id);
  return bytes;
}

std::optional<std::size_t> Listing::holder(std::string_view key) const {
  const auto at = std::lower_bound(holders_.begin(), holders_.end(), key,
                                   [this](std::uint32_t line, std::string_view wanted) {
                                     return public_key(lines_[line]) < wanted;
                                   });
  return at == holders_.end() || public_key(lines_[*at]) != key ? std::nullopt
                                                                : std::optional<std::size_t>{*at};
}

bool is_listed(const Room& room) { return room.identifier && !room.gone; }
