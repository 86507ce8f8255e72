// How a language is called and decorated.
#pragma once

#include "record/fields.hpp"

struct LanguageName {
  static constexpr std::string_view kKind = "language";
  std::string code;  // BCP 47
  std::string name;  // in itself
  std::string english;
  std::vector<std::string> also;    // other names of it, as people call their rooms
  std::optional<std::string> flag;  // decoration only

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("code", self.code);
    visit("name", self.name);
    visit("english", self.english);
    visit("also", self.also);
    visit("flag", self.flag);
  }
};

RECORD_COMPILED_ONCE(LanguageName);
