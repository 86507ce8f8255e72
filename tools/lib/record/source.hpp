// A page that people publish join links on (design: Records).
#pragma once

#include "record/fields.hpp"

struct Source {
  static constexpr std::string_view kKind = "source";
  std::string id;                     // short and lasting: provenance names it
  std::string url;                    // http(s):, or file: (only because a person wrote it here)
  std::optional<std::string> follow;  // ECMAScript regular expression: links to fetch too
  std::vector<std::string> tags;      // what this source says of every room it names
  std::optional<std::string> note;
  Json::Object others;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("id", self.id);
    visit("url", self.url);
    visit("follow", self.follow);
    visit("tags", self.tags);
    visit("note", self.note);
  }
};
