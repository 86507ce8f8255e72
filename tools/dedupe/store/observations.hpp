// All observations, merged: one for each address and key.
//
// They stay text (buckets.hpp). Only a summary of each is a struct in memory: the members that are
// needed to find clusters.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ndjson/bad_lines.hpp"
#include "store/buckets.hpp"
#include "store/observation.hpp"

// A room that an observation shows: a hash of its token and creation time. Collisions
// are harmless: anybody can copy a token and a creation time.
struct RoomFingerprint {
  std::uint64_t room;
  UnixTime first_seen, last_seen;
};

// Nothing for a room without a creation time.
std::optional<RoomFingerprint> fingerprint_of(const Room& room);

// A time is kNever where there is none.
struct ObservationSummary {
  static constexpr UnixTime kNever = INT64_MAX;

  Buckets::Id bucket = 0;
  std::uint32_t place = 0;      // in its bucket
  std::array<char, 64> digits;  // of the key
  bool has_key = false, is_refuted = false;
  bool is_on_own_host = false;  // the proof at this address names this address's host
  UnixTime first_seen = kNever, last_seen = kNever, proven_at = kNever, asked_at = kNever;
  UnixTime due_at = kNever;  // when it may be probed again
  std::uint32_t first_fingerprint = 0, fingerprints = 0;
  std::uint32_t rooms = 0;
  std::size_t source = 0;  // of the first page that names it, as a number; 0: none

  std::string_view public_key() const { return {digits.data(), has_key ? digits.size() : 0}; }
  bool is_proven() const { return proven_at != kNever; }
  // Whether the address answered for a key. If not, the observation is an unanswered probe.
  bool has_answered() const { return has_key && (last_seen != kNever || is_proven()); }
};

class Observations {
 public:
  using Id = std::uint32_t;  // in the order of addresses and keys

  Observations(std::size_t memory, BadLines& bad_lines);  // as Buckets

  // Returns false for a record of a kind without observations. Throws BadLine.
  bool add(const Line& line) { return buckets_.add(line); }

  // Call it after the last add(). Drops what is too old to be kept. Without `now`, the time of the
  // newest probe is used. Keeps a reference to `vouched`.
  void close(std::optional<UnixTime> now, UnixTime grace, const Vouched& vouched);

  const Rules& rules() const { return rules_; }
  std::optional<UnixTime> newest_probe() const { return newest_; }

  Id size() const { return static_cast<Id>(all_.size()); }
  const ObservationSummary& operator[](Id id) const { return all_[id]; }
  std::span<const RoomFingerprint> fingerprints(Id id) const { return fingerprints_of(all_[id]); }
  std::size_t bytes(Id id) const { return buckets_.bytes(all_[id].bucket); }
  const std::string& base_url(Id id) const { return buckets_.address(all_[id].bucket); }

  Server load(Id id, JsonText& memory) const;

  // The observations of one address: [first, last). Empty for an unknown address.
  struct Range {
    Id first = 0, last = 0;
  };
  Range at_address_of(Id id) const { return of_bucket_[all_[id].bucket]; }
  Range at_address(const std::string& base_url) const;
  // The one of them with that key, "" for none.
  std::optional<Id> find(Range range, std::string_view public_key) const;

 private:
  void forget_old_ones();
  void forget_surplus_of_sources();
  void forget_surplus_of_domains();
  void forget_these(const std::vector<bool>& is_surplus);
  std::vector<bool> buckets_that_answered() const;
  std::span<const RoomFingerprint> fingerprints_of(const ObservationSummary& summary) const;

  Buckets buckets_;
  Rules rules_;
  Horizon horizon_{rules_};
  std::optional<UnixTime> newest_;
  std::vector<ObservationSummary> all_;
  std::vector<RoomFingerprint> fingerprints_;
  std::vector<Range> of_bucket_;
};
