// The listing: every known server, by address, derived from the observations. A server that holds
// its key has a server_id, also if it is gone; its rooms have an identifier and a join URL. Lines
// without a server_id are claims, and addresses that showed no key.
//
// server_id is the first 8 hex digits of the key. If two keys begin with the same 8 digits, the
// server that proved its key, or is known longer, has 8, and the other one as many as it needs to
// differ from all that come before it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "list/build_server.hpp"
#include "list/clusters.hpp"
#include "list/rekeyed.hpp"
#include "ndjson/lines.hpp"
#include "store/observations.hpp"

class Listing {
 public:
  explicit Listing(const Observations& observations);

  std::size_t size() const { return lines_.size(); }
  // Several threads may call this at once.
  Server server(std::size_t line, JsonText& memory) const;

  // The line of the server that holds a key.
  std::optional<std::size_t> holder(std::string_view public_key) const;

  // The observations that a line was made from, and how many bytes they are.
  Sources sources(std::size_t line, JsonText& memory) const;
  std::size_t bytes(std::size_t line) const;
  const Rules& rules() const { return observations_.rules(); }

 private:
  using Id = Observations::Id;
  struct Line {
    std::uint32_t first = 0, members = 0, unanswered = 0;  // in ids_
    std::uint32_t first_room = 0, rooms = 0;               // in rooms_
    Id printed = 0;                    // the observation with the address to print
    std::uint32_t same_rooms = kNone;  // the line that shows the same rooms
    std::uint32_t copied = kNone;      // the line of the original
    std::uint8_t id_digits = 0;        // the length of the server_id
    bool is_proven = false;            // by one of its addresses
    bool holds_key = false, has_changed_key = false, is_claim = false;
    UnixTime first_seen = ObservationSummary::kNever;
  };
  struct Found;
  static constexpr std::uint32_t kNone = UINT32_MAX;

  void find_servers();
  void find_others();
  Found found(Cluster cluster, const Rekeyed& rekeyed, JsonText& memory) const;
  std::vector<Id> unanswered_of(const Cluster& cluster) const;
  void add(const Found& found);
  void find_holders();
  std::vector<std::uint32_t> holders_by_age() const;  // lines, the longest known first
  void give_ids(const std::vector<std::uint32_t>& by_age);
  void mark_copies(const std::vector<std::uint32_t>& by_age);
  bool is_vouched(const Line& line) const;
  bool are_on_one_host(const Line& a, const Line& b) const;  // by their printed addresses
  std::string host_of(Id observation) const;

  std::span<const Id> members(const Line& line) const;
  std::string_view public_key(const Line& line) const;
  std::string server_id(const Line& line) const;

  const Observations& observations_;
  std::vector<Line> lines_;
  std::vector<Id> ids_;                 // members and unanswered of the lines
  std::vector<RoomFingerprint> rooms_;  // of the lines, until copies are marked
  std::vector<std::uint32_t> holders_;  // lines that hold a key, by key
};

// A room is listed if it has an identifier and is not gone.
bool is_listed(const Room& room);
