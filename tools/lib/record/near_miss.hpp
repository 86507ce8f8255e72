// A text that looks like a join link but is not one (extract-joins --near-misses).
#pragma once

#include "record/fields.hpp"
#include "url/link_refusal.hpp"

struct NearMiss {
  static constexpr std::string_view kKind = "near-miss";

  struct Reason {
    LinkFault code = LinkFault::no_key;
    std::string text;  // for people

    template <class Self, class Visit>
    static void each_field(Self& self, Visit&& visit) {
      visit("code", self.code);
      visit("text", self.text);
    }
  };

  std::string source;  // the id of the source; "" for a bare document
  std::string url;     // the page
  std::string as;      // the spelling on the page, at most 1 KiB
  Reason reason;       // why it is no join link
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("source", self.source);
    visit("url", self.url);
    visit("as", self.as);
    visit("reason", self.reason);
  }
};

RECORD_COMPILED_ONCE(NearMiss);
