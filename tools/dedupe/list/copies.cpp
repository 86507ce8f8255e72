#include "list/copies.hpp"

#include <algorithm>
#include <utility>

namespace {

constexpr UnixTime kOneRun = kDay / 4;    // which is found first in one crawl means nothing
constexpr std::size_t kMostSharers = 16;  // servers of one room that others are compared with

// One server that shows one room, or showed it.
struct Showing {
  std::uint64_t room;
  bool is_unvouched;
  UnixTime since;
  std::uint32_t server;
  bool is_shown;  // now
  auto operator<=>(const Showing&) const = default;
};

struct Side {
  std::uint32_t server;
  bool is_shown = false;
  bool is_late = false, is_later = false;  // by more than kNewcomer; by more than one run
};

// A room that two servers show.
struct Shared {
  Side low, high;  // the longest known first
  auto pair() const { return std::pair{low.server, high.server}; }
};

// When a server showed its rooms last, but for a day: a room that is older is not shown any more.
UnixTime shown_since(const RoomsOfServer& server) {
  UnixTime last = INT64_MIN + kDay;
  for (const RoomFingerprint& room : server.rooms) last = std::max(last, room.last_seen);
  return last - kDay;
}

std::vector<Showing> showings_of(std::span<const RoomsOfServer> servers) {
  std::vector<Showing> showings;
  std::size_t count = 0;
  for (const RoomsOfServer& server : servers) count += server.rooms.size();
  showings.reserve(count);
  for (std::uint32_t i = 0; i < servers.size(); ++i) {
    const UnixTime since = shown_since(servers[i]);
    for (const RoomFingerprint& room : servers[i].rooms)
      showings.push_back(
          {room.room, !servers[i].is_vouched, room.first_seen, i, room.last_seen >= since});
  }
  std::sort(showings.begin(), showings.end());
  return showings;
}

Shared shared_by(const Showing& earlier, const Showing& later) {
  const bool is_late =
      later.is_unvouched && (!earlier.is_unvouched || later.since - earlier.since > kNewcomer);
  const Side one{earlier.server, earlier.is_shown},
      other{later.server, later.is_shown, is_late, later.since - earlier.since > kOneRun};
  return one.server < other.server ? Shared{one, other} : Shared{other, one};
}

// One entry for each room of each pair, sorted by pair.
std::vector<Shared> shared_rooms(const std::vector<Showing>& showings) {
  std::vector<Shared> shared;
  for (std::size_t begin = 0, end = 0; begin < showings.size(); begin = end) {
    while (end < showings.size() && showings[end].room == showings[begin].room) ++end;
    for (std::size_t i = begin; i < end; ++i)
      for (std::size_t j = begin; j < std::min(i, begin + kMostSharers); ++j)
        if (showings[i].server != showings[j].server)
          shared.push_back(shared_by(showings[j], showings[i]));
  }
  std::sort(shared.begin(), shared.end(),
            [](const Shared& a, const Shared& b) { return a.pair() < b.pair(); });
  return shared;
}

// Rooms that one of two servers shows now, and both showed.
struct Common {
  std::size_t rooms = 0, late = 0, later_there = 0;

  void add(const Side& here, const Side& there) {
    if (!here.is_shown) return;
    ++rooms;
    late += here.is_late;
    later_there += there.is_later;
  }
};

}  // namespace

std::vector<Copying> find_copies(std::span<const RoomsOfServer> servers,
                                 const std::function<bool(std::uint32_t, std::uint32_t)>& are_one) {
  std::vector<Copying> copying(servers.size());
  const std::vector<Showing> showings = showings_of(servers);
  std::vector<std::size_t> shown(servers.size());
  for (const Showing& showing : showings) shown[showing.server] += showing.is_shown;
  const std::vector<Shared> shared = shared_rooms(showings);
  const auto is_half = [&](std::size_t rooms, std::uint32_t server) {
    return rooms > 0 && rooms * 2 >= shown[server];
  };
  const auto note = [](std::uint32_t& member, std::uint32_t server) {
    if (member == Copying::kNone) member = server;
  };
  for (std::size_t begin = 0, end = 0; begin < shared.size(); begin = end) {
    const auto [low, high] = shared[begin].pair();
    Common of_low, of_high;
    for (; end < shared.size() && shared[end].pair() == shared[begin].pair(); ++end) {
      of_low.add(shared[end].low, shared[end].high);
      of_high.add(shared[end].high, shared[end].low);
    }
    const bool is_half_low = is_half(of_low.rooms, low),
               is_half_high = is_half(of_high.rooms, high);
    if ((!is_half_low && !is_half_high) || are_one(low, high)) continue;
    if (is_half(of_high.late, high)) {
      note(copying[high].copy_of, low);
    } else if (is_half(of_low.late, low)) {
      note(copying[low].copy_of, high);
    } else {
      // With many rooms of others, one server could be named on the pages of all of them.
      const bool are_alike = is_half_low && is_half_high;
      if (are_alike || (is_half_low && !is_half(of_low.later_there, low)))
        note(copying[low].same_rooms_as, high);
      if (are_alike || (is_half_high && !is_half(of_high.later_there, high)))
        note(copying[high].same_rooms_as, low);
    }
  }
  for (Copying& server : copying)
    if (server.copy_of != Copying::kNone) server.same_rooms_as = Copying::kNone;
  return copying;
}
