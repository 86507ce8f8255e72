// A page that people publish join links on.
#pragma once

#include "record/fields.hpp"

struct Source {
  static constexpr std::string_view kKind = "source";
  std::string id;                     // short and lasting: provenance names it
  std::string url;                    // http:, https: or file:
  std::optional<std::string> follow;  // ECMAScript regular expression: links to fetch, too
  std::optional<std::string> expect;  // ECMAScript regular expression: what a good page holds
  std::vector<std::string> tags;      // what this source says of every room it names
  std::optional<std::string> note;
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("id", self.id);
    visit("url", self.url);
    visit("follow", self.follow);
    visit("expect", self.expect);
    visit("tags", self.tags);
    visit("note", self.note);
  }
};

RECORD_COMPILED_ONCE(Source);
