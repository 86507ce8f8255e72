// A tag: its synonyms, and whether only curators may give it.
#pragma once

#include "record/fields.hpp"

struct TagWord {
  static constexpr std::string_view kKind = "tag";
  std::string tag;
  std::vector<std::string> also;
  std::optional<bool> reserved;
  std::optional<std::string> note;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("tag", self.tag);
    visit("also", self.also);
    visit("reserved", self.reserved);
    visit("note", self.note);
  }
};

RECORD_COMPILED_ONCE(TagWord);
