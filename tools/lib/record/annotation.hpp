// What people know of a Community or a server that the server doesn't say.
#pragma once

#include "record/fields.hpp"

struct Annotation {
  static constexpr std::string_view kKind = "annotation";
  // What it is about: exactly one of these.
  std::optional<std::string> identifier;  // of a Community, today's form or an older one
  std::optional<std::string> server;  // a server's id: the first 8 (or more) hex digits of its key
  std::optional<std::string> host;    // HOST or HOST:PORT of a server or one of its aliases
  std::optional<std::string> key;     // a server's public key
  // What it says.
  std::vector<std::string> languages;  // BCP 47
  std::vector<std::string> tags;
  std::optional<bool> hidden, nsfw, pinned, official;
  std::optional<std::int64_t> staff_count;
  // Who says so, why and when.
  std::optional<std::string> reason;  // a reason code of the policy
  std::optional<std::string> by, date, note;
  Json::Object unknown_members;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("identifier", self.identifier);
    visit("server", self.server);
    visit("host", self.host);
    visit("key", self.key);
    visit("languages", self.languages);
    visit("tags", self.tags);
    visit("hidden", self.hidden);
    visit("nsfw", self.nsfw);
    visit("pinned", self.pinned);
    visit("official", self.official);
    visit("staff_count", self.staff_count);
    visit("reason", self.reason);
    visit("by", self.by);
    visit("date", self.date);
    visit("note", self.note);
  }
};

RECORD_COMPILED_ONCE(Annotation);
