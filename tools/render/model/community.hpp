// A Community as the site shows it: what its server says, and what people know (made by
// annotate.hpp). It is complete: it can be packed into a spool (pack.hpp), unpacked and shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/word.hpp"
#include "classify/adult.hpp"
#include "model/activity.hpp"
#include "model/server.hpp"

// Who says something, in the order of trust.
enum class Origin : std::uint8_t {
  owner,    // in the hashtags at the end of the description
  curator,  // a line in languages/ or in the policy
  source,   // the page that published the join link
  detected  // nobody: guessed from the text
};
constexpr auto words_of(Origin) {
  return words<Origin::detected>("owner", "curator", "source", "detected");
}

// `who` and `place` are for explanations alone; they are not packed.
struct Witness {
  Origin origin = Origin::detected;
  std::string who;    // curator: who wrote the line; detected: how
  std::string place;  // curator: "sites/policy.ndjson:3"
};

struct SpokenLanguage {
  std::string code;  // BCP 47, in its usual case: "pt-BR"
  Witness witness;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.code);
    visit(self.witness.origin);
  }
};

struct Tag {
  std::string text;  // normalised (owner_text.hpp)
  Witness witness;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.text);
  }
};

// What it is about.
struct Topic {
  std::string id;  // of the list `topic` in languages/topics.ndjson
  Witness witness;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.id);
    visit(self.witness.origin);
  }
};

// Whether something is true, and who says so. Only `holds` is packed.
struct Fact {
  bool holds = false;
  Witness witness;
  std::string reason;   // reason code, where the policy or a rule has one
  std::string because;  // a clause: "its name says \"nsfw\""
  explicit operator bool() const { return holds; }
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.holds);
  }
};

// Only Communities with the first two may appear in the output.
enum class Visibility : std::uint8_t {
  listed,
  gone,      // not seen for longer than the grace: only in the feeds and on its page
  hidden,    // by the policy
  unlisted,  // by its owner (#unlisted)
  closed,    // only people with a permission may read or write
  refuted,   // its server does not hold the key that it is listed with
  unnamed,   // no key is known, so there is no link to join it by
  unusable   // its data failed a check (data_check.hpp)
};

// Whether it is shown, and why not.
struct VisibilityDecision {
  Visibility visibility = Visibility::listed;
  std::string reason;  // reason code (sites/reasons.ndjson); empty when listed or gone
  Witness witness;
  std::string date;  // of the policy's line, or since when it is gone
};

struct WeeklyUsers {
  std::string day;
  std::int64_t weekly = 0;
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit(self.day);
    visit(self.weekly);
  }
};

struct Community {
  // Compiled once, in community.cpp.
  Community();
  Community(const Community&);
  Community(Community&&) noexcept;
  Community& operator=(const Community&);
  Community& operator=(Community&&) noexcept;
  ~Community();

  std::string identifier;  // TOKEN+ and 8 or more hex digits of the key
  std::string token;
  std::string name;         // the token, if it has no name
  std::string description;  // without the owner's hashtags at the end; may be empty
  std::string join_url, preview_url;
  std::vector<SpokenLanguage> languages;
  std::vector<Tag> tags;      // each text once, with its most trusted origin
  std::vector<Topic> topics;  // three at most; those that somebody said before guesses

  std::optional<std::int64_t> weekly_users;  // scaled from the server's own period to seven days
  std::optional<std::int64_t> active_users, active_users_cutoff;  // as the server says
  std::optional<std::int64_t> staff_count;  // the policy's figure before the server's
  std::optional<std::int64_t> created, image_id, info_updates, message_sequence;
  std::optional<bool> read, write, upload, joinable;
  Activity activity;

  bool is_new = false, read_only = false, no_uploads = false, staffed = false;  // room_rules.hpp
  bool not_joinable = false, gone = false;
  Fact official, adult, test, pinned;
  // What says that it is adult: "owner", "curator", "name", "token", "tag" or "description", and
  // the word there. Both are empty if nothing does.
  AdultState adult_state = AdultState::no;
  std::string adult_by, adult_word;

  std::optional<NotJoinable::Code> not_joinable_code;
  std::string not_joinable_reason, first_seen, last_seen, returned;
  std::string not_seen_since;  // "" when it was there the last time its server was asked
  std::string gone_at;
  std::vector<FoundPlace> found_on;
  std::vector<WeeklyUsers> users;
  // TOKEN+ 4 of the key, and TOKEN+ 4 of the key and 4 of MD5 of each HOST[:PORT].
  std::vector<std::string> older_identifiers;
  CommunityServer server;

  // For its owner: the hashtags that were understood, as they could be written ("#lang:de"), and
  // values of #lang: that name no language.
  std::vector<std::string> owner_words, unknown_languages;

  // Not packed: known only after all servers were read; CommunityReader sets it.
  std::string copy_of, copy_of_host;          // the server that its server copies, if it does
  std::string not_same_as, not_same_as_name;  // whose name it imitates: an identifier

  // Not packed: what only explanations and checks need.
  std::vector<std::string> claimed_identifiers;  // people may use them; they are never published
  std::string prints_url;                        // the address that its key holder names, or ""
  VisibilityDecision decision;

  bool listed() const { return decision.visibility == Visibility::listed; }

  // What rows of lists show comes first, so that it can be unpacked alone.
  template <class Self, class Visit>
  static void each_row_field(Self& self, Visit&& visit) {
    for (auto* text :
         {&self.identifier, &self.token, &self.name, &self.description, &self.join_url,
          &self.preview_url, &self.not_joinable_reason, &self.first_seen, &self.last_seen,
          &self.returned, &self.not_seen_since, &self.gone_at, &self.adult_by, &self.adult_word})
      visit(*text);
    visit(self.not_joinable_code);
    visit(self.languages);
    visit(self.tags);
    visit(self.topics);
    visit(self.adult_state);
    for (auto* number : {&self.weekly_users, &self.active_users, &self.active_users_cutoff,
                         &self.staff_count, &self.created})
      visit(*number);
    for (auto* access : {&self.read, &self.write, &self.upload}) visit(*access);
    visit(self.activity);
    for (auto* flag : {&self.is_new, &self.read_only, &self.no_uploads, &self.staffed,
                       &self.not_joinable, &self.gone})
      visit(*flag);
    for (auto* fact : {&self.official, &self.adult, &self.test, &self.pinned}) visit(*fact);
    CommunityServer::each_row_field(self.server, visit);
  }
  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    each_row_field(self, visit);
    for (auto* number : {&self.image_id, &self.info_updates, &self.message_sequence})
      visit(*number);
    visit(self.owner_words);
    visit(self.unknown_languages);
    visit(self.joinable);
    visit(self.older_identifiers);
    visit(self.found_on);
    visit(self.users);
    CommunityServer::each_page_field(self.server, visit);
  }
};

// What its server says of it. `server` is not set, nor is anything that people know.
Community community_of(const Server& server, const Room& room);
