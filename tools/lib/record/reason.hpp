// Why something is hidden, adult, pinned or official: a paragraph of the criteria page.
#pragma once

#include "record/fields.hpp"

struct ReasonText {
  static constexpr std::string_view kKind = "reason";
  std::string code;
  std::string title;
  std::string text;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("code", self.code);
    visit("title", self.title);
    visit("text", self.text);
  }
};

RECORD_COMPILED_ONCE(ReasonText);
