// The guard of the listing: what a bad half hour must not do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "list/listing.hpp"
#include "record/listing.hpp"

// What the listing before this one listed.
class PreviousListing {
 public:
  void add(const Server& server);
  void add(const ListingEnd& end) { newest_probe_ = end.at; }
  const std::optional<std::string>& newest_probe() const { return newest_probe_; }
  std::int64_t servers() const { return servers_; }
  std::int64_t communities() const { return static_cast<std::int64_t>(rooms_.size()); }

  struct Listed {
    std::string public_key, token, base_url;
  };
  const std::vector<Listed>& rooms() const { return rooms_; }

 private:
  std::optional<std::string> newest_probe_;
  std::int64_t servers_ = 0;
  std::vector<Listed> rooms_;
};

// Throws a Failure when all that is new was found out more than a day before what the
// listing holds already: a clock was wrong, and what it said counts more than all that
// comes after it. `newest_probe`: of the new records; "" where that is not known.
void refuse_to_go_back(const PreviousListing& before, const std::string& newest_probe);

// Throws a Failure that says in numbers what would go and why, when more than
// `max_loss` per cent of the Communities listed before would not be listed any
// more, or none would be listed at all.
void refuse_too_much_loss(const PreviousListing& before, const Listing& listing,
                          std::int64_t max_loss);
