// A word for tags: what else means it, whether it marks adult rooms (then it and
// its synonyms are looked for in names too, unless `only_tags`), whether only
// curators may give it.
#pragma once

#include "record/fields.hpp"

struct TagWord {
  static constexpr std::string_view kKind = "tag";
  std::string tag;
  std::vector<std::string> also;
  std::optional<bool> adult, only_tags, reserved;
  std::optional<std::string> note;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("tag", self.tag);
    visit("also", self.also);
    visit("adult", self.adult);
    visit("only_tags", self.only_tags);
    visit("reserved", self.reserved);
    visit("note", self.note);
  }
};
