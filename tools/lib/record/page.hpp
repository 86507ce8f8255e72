// What a source answered, or why it did not.
#pragma once

#include "record/fields.hpp"

struct Page {
  static constexpr std::string_view kKind = "page";
  std::string source;                // the id of its source
  std::string url;                   // as asked for
  std::string fetched_at;            // when the web last had this body; old for a last good copy
  std::int64_t status = 0;           // HTTP status of the last try; 0: no answer (or file:)
  std::string media_type;            // lower case, without parameters; "" if not told
  bool from_cache = false;           // the body is a last good copy
  std::optional<std::string> error;  // why there is no fresh body
  std::vector<std::string> tags;     // of its source
  std::string body;                  // text in UTF-8; "" when there is none
  Json::Object others;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("source", self.source);
    visit("url", self.url);
    visit("fetched_at", self.fetched_at);
    visit("status", self.status);
    visit("media_type", self.media_type);
    visit("from_cache", self.from_cache);
    visit("error", self.error);
    visit("tags", self.tags);
    visit("body", self.body);
  }
};
