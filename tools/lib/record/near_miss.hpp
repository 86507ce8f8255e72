// What looked like a join link and is none: for people who ask why a link was
// not found (extract-joins --near-misses).
#pragma once

#include "record/fields.hpp"

struct NearMiss {
  static constexpr std::string_view kKind = "near-miss";
  std::string source;  // the id of the source; "" for a bare document
  std::string url;     // the page
  std::string as;      // what stood there, at most 1 KiB
  std::string reason;  // why it is no join link
  Json::Object others;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("source", self.source);
    visit("url", self.url);
    visit("as", self.as);
    visit("reason", self.reason);
  }
};
