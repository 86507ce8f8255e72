// All observations, merged: one for each address and key.
//
// They stay text (buckets.hpp); of each one is known at once what it takes to find
// out who is who.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/buckets.hpp"
#include "store/observation.hpp"

// A room that a observation shows, by what tells it from all others: its token and when
// it was made, as one number. Who can find two rooms of one number wins nothing: the
// token and the time of another's room are there to be taken.
struct RoomFingerprint {
  std::uint64_t room;
  UnixTime first_seen, last_seen;
};

// Nothing for a room of which it is not known when it was made.
std::optional<RoomFingerprint> fingerprint_of(const Room& room);

// A observation in summary. A time is kNever where there is none.
struct ObservationSummary {
  static constexpr UnixTime kNever = INT64_MAX;

  Buckets::Id bucket = 0;
  std::uint32_t place = 0;      // in its bucket
  std::array<char, 64> digits;  // of the key
  bool has_key = false, is_refuted = false;
  UnixTime first_seen = kNever, last_seen = kNever, proven_at = kNever, asked_at = kNever;
  std::uint32_t first_fingerprint = 0, fingerprints = 0;

  std::string_view public_key() const { return {digits.data(), has_key ? digits.size() : 0}; }
  bool is_proven() const { return proven_at != kNever; }
  // Whether somebody answered there for a key. If not, the observation is but an asking.
  bool has_answered() const { return has_key && (last_seen != kNever || is_proven()); }
};

class Observations {
 public:
  using Id = std::uint32_t;  // in the order of their addresses and keys

  Observations(std::size_t memory, BadLines& bad_lines);  // as Buckets

  // False: the record is of a kind that says nothing of observations. Throws BadLine.
  bool add(const Line& line) { return buckets_.add(line); }

  // Once all are added. Drops what is older than is kept; what now is, if `now` doesn't
  // say it, is when the last one was asked.
  void close(std::optional<UnixTime> now, UnixTime grace);

  const Rules& rules() const { return rules_; }
  std::optional<UnixTime> newest_probe() const { return newest_; }

  Id size() const { return static_cast<Id>(all_.size()); }
  const ObservationSummary& operator[](Id id) const { return all_[id]; }
  std::span<const RoomFingerprint> fingerprints(Id id) const { return fingerprints_of(all_[id]); }
  std::size_t bytes(Id id) const { return buckets_.bytes(all_[id].bucket); }
  const std::string& base_url(Id id) const { return buckets_.address(all_[id].bucket); }

  // The observation itself.
  Server load(Id id, JsonText& memory) const;

  // Those of one address: [first, last). None of an address that was never seen.
  struct Range {
    Id first = 0, last = 0;
  };
  Range at_address_of(Id id) const { return of_bucket_[all_[id].bucket]; }
  Range at_address(const std::string& base_url) const;
  // The one of them with that key, "" for none.
  std::optional<Id> find(Range range, std::string_view public_key) const;

 private:
  void forget_old_ones();
  std::span<const RoomFingerprint> fingerprints_of(const ObservationSummary& summary) const;

  Buckets buckets_;
  Rules rules_;
  Horizon horizon_{rules_};
  std::optional<UnixTime> newest_;
  std::vector<ObservationSummary> all_;
  std::vector<RoomFingerprint> fingerprints_;
  std::vector<Range> of_bucket_;
};
