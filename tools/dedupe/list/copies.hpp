// Which servers show the rooms of others. Rooms are the same when token and creation
// time are the same.
//
//   copy         at least half of its rooms were shown by another server more than
//                kNewcomer earlier
//   same rooms   at least half of its rooms are shown by another server, but which of the
//                two is the copy can't be told: both were first seen within kNewcomer, or
//                people vouch for both
//
// A server that people vouch for is never a copy, and of a server that they don't vouch
// for it is always the original.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "store/observations.hpp"

// Whoever copies a server before the first crawl visits it must not make it look like the
// copy: so long after its first visit, a server counts as new. Seconds.
inline constexpr UnixTime kNewcomer = 7 * kDay;

struct RoomsOfServer {
  std::span<const RoomFingerprint> rooms;
  bool is_vouched = false;
};

// Numbers of servers.
struct Copying {
  static constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t copy_of = kNone, same_rooms_as = kNone;
};

// `servers`: the longest known first. `are_one` tells pairs that are no copies: one host
// under two keys.
std::vector<Copying> find_copies(std::span<const RoomsOfServer> servers,
                                 const std::function<bool(std::uint32_t, std::uint32_t)>& are_one);
