// An invitation to one room, as somebody published it.
#pragma once

#include "record/fields.hpp"

// Where something was read.
struct FoundOn {
  std::string source;             // the id of the source; "" for a bare document
  std::string url;                // the page
  std::optional<std::string> as;  // the spelling on the page, if it is not the canonical one
  std::optional<std::string> since, last;  // when it was first and last seen there
  Json::Object unknown_members;

  bool operator==(const FoundOn&) const = default;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("source", self.source);
    visit("url", self.url);
    visit("as", self.as);
    visit("since", self.since);
    visit("last", self.last);
  }
};

struct Join {
  static constexpr std::string_view kKind = "join";
  std::string join_url;    // canonical (design: Canonical URLs)
  std::string base_url;    // scheme://host[:port]
  std::string token;       // the room on its server
  std::string public_key;  // 64 lower-case hex digits
  std::vector<FoundOn> found_on;
  std::vector<std::string> tags;  // what the source says of the room
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("join_url", self.join_url);
    visit("base_url", self.base_url);
    visit("token", self.token);
    visit("public_key", self.public_key);
    visit("found_on", self.found_on);
    visit("tags", self.tags);
  }
};

RECORD_COMPILED_ONCE(Join);
