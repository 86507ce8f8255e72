#include "list/copies.hpp"

#include <algorithm>

namespace {

constexpr UnixTime kOneRun = kDay / 4;    // which is found first in one crawl means nothing
constexpr std::size_t kMostSharers = 16;  // servers of one room that others are compared with

// One server that shows one room.
struct Showing {
  std::uint64_t room;
  bool is_unvouched;
  UnixTime since;
  std::uint32_t server;
  auto operator<=>(const Showing&) const = default;
};

// A room that two servers show: `later` after `earlier`.
struct Shared {
  std::uint32_t low, high;                         // the two, the longest known first
  bool is_low_late = false, is_high_late = false;  // by more than kNewcomer
  bool is_low_later = false, is_high_later = false;
  auto operator<=>(const Shared&) const = default;
};

std::vector<Showing> showings_of(std::span<const RoomsOfServer> servers) {
  std::vector<Showing> showings;
  std::size_t count = 0;
  for (const RoomsOfServer& server : servers) count += server.rooms.size();
  showings.reserve(count);
  for (std::uint32_t i = 0; i < servers.size(); ++i)
    for (const RoomFingerprint& room : servers[i].rooms)
      showings.push_back({room.room, !servers[i].is_vouched, room.first_seen, i});
  std::sort(showings.begin(), showings.end());
  return showings;
}

Shared shared_by(const Showing& earlier, const Showing& later) {
  const bool is_late =
      later.is_unvouched && (!earlier.is_unvouched || later.since - earlier.since > kNewcomer);
  const bool is_later = later.since - earlier.since > kOneRun;
  if (earlier.server < later.server)
    return {earlier.server, later.server, false, is_late, false, is_later};
  return {later.server, earlier.server, is_late, false, is_later, false};
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
  std::sort(shared.begin(), shared.end());
  return shared;
}

}  // namespace

std::vector<Copying> find_copies(std::span<const RoomsOfServer> servers,
                                 const std::function<bool(std::uint32_t, std::uint32_t)>& are_one) {
  std::vector<Copying> copying(servers.size());
  const std::vector<Shared> shared = shared_rooms(showings_of(servers));
  const auto is_half = [&](std::size_t rooms, std::uint32_t server) {
    return rooms > 0 && rooms * 2 >= servers[server].rooms.size();
  };
  const auto note = [](std::uint32_t& member, std::uint32_t server) {
    if (member == Copying::kNone) member = server;
  };
  for (std::size_t begin = 0, end = 0; begin < shared.size(); begin = end) {
    const std::uint32_t low = shared[begin].low, high = shared[begin].high;
    std::size_t low_late = 0, high_late = 0, low_later = 0, high_later = 0;
    for (; end < shared.size() && shared[end].low == low && shared[end].high == high; ++end) {
      low_late += shared[end].is_low_late;
      high_late += shared[end].is_high_late;
      low_later += shared[end].is_low_later;
      high_later += shared[end].is_high_later;
    }
    const std::size_t rooms = end - begin;
    if (!is_half(rooms, low) && !is_half(rooms, high)) continue;
    if (are_one(low, high)) continue;
    if (is_half(high_late, high)) {
      note(copying[high].copy_of, low);
    } else if (is_half(low_late, low)) {
      note(copying[low].copy_of, high);
    } else {
      // With many rooms of others, one server could be named on the pages of all of them.
      const bool are_alike = is_half(rooms, low) && is_half(rooms, high);
      const auto is_named = [&](std::size_t later_there, std::uint32_t server) {
        return is_half(rooms, server) && (are_alike || !is_half(later_there, server));
      };
      if (is_named(high_later, low)) note(copying[low].same_rooms_as, high);
      if (is_named(low_later, high)) note(copying[high].same_rooms_as, low);
    }
  }
  for (Copying& server : copying)
    if (server.copy_of != Copying::kNone) server.same_rooms_as = Copying::kNone;
  return copying;
}
