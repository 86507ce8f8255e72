// The last line of a listing: shows that the listing is complete, and counts what it holds.
#pragma once

#include "record/fields.hpp"

struct ListingEnd {
  static constexpr std::string_view kKind = "listing-end";
  std::optional<std::string> at;  // the newest probe; absent if nothing was ever asked
  std::int64_t servers = 0;       // lines of kind server before this one
  std::int64_t communities = 0;   // rooms that are listed
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("at", self.at);
    visit("servers", self.servers);
    visit("communities", self.communities);
  }
};

RECORD_COMPILED_ONCE(ListingEnd);
