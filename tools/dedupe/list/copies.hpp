// Finds servers that show the rooms of others. Two rooms are the same if they have the same token
// and creation time.
//
//   copy         another server showed at least half of its rooms more than kNewcomer earlier
//   same rooms   another server shows at least half of its rooms, but it is not known which of the
//                two is the copy: they were first seen within kNewcomer, or people vouch for both.
//                Not if these are less than half of the rooms there, and were shown there later
//
// Only the rooms that a server shows now make it a copy, or keep it from being one.
//
// A server that people vouch for is never a copy; compared with a server that they don't vouch for
// it is always the original.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "store/observations.hpp"

// How long a server counts as new after it was first seen, in seconds. Somebody may copy a server
// before the first crawl finds the original; the original must not count as the copy.
inline constexpr UnixTime kNewcomer = 7 * kDay;

struct RoomsOfServer {
  std::span<const RoomFingerprint> rooms;
  bool is_vouched = false;  // people do, and it proved its key
};

// Numbers of servers.
struct Copying {
  static constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t copy_of = kNone, same_rooms_as = kNone;
};

// `servers`: the longest known first. `are_one` returns true for two servers that are the same host
// with two keys, and so are no copies.
std::vector<Copying> find_copies(std::span<const RoomsOfServer> servers,
                                 const std::function<bool(std::uint32_t, std::uint32_t)>& are_one);
