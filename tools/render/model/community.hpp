// A Community as the site may speak of it: what its server said, joined with
// what people know (annotate.hpp makes these).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/server.hpp"

// Who says something, in the order of trust.
enum class Origin {
  owner,    // in the hashtags at the end of the description
  curator,  // a line in languages/ or in the policy
  source,   // the page that published the join link
  detected  // nobody: guessed from the text
};
std::string_view word_of(Origin origin);  // "owner", "curator", …

struct Witness {
  Origin origin = Origin::detected;
  std::string who;    // curator: who wrote the line; detected: how
  std::string place;  // curator: "sites/policy.ndjson:3"
};

struct SpokenLanguage {
  std::string code;  // BCP 47, in its usual case: "pt-BR"
  Witness witness;
};

struct Tag {
  std::string text;  // normalised (tags.hpp)
  Witness witness;
};

// Something that is so or not, and who says so.
struct Fact {
  bool holds = false;
  Witness witness;
  std::string reason;   // reason code, where the policy or a rule has one
  std::string because;  // a clause: "its name says \"nsfw\""
  explicit operator bool() const { return holds; }
};

// Where a Community stands. Only the first two may leave a trace in output/.
enum class Standing {
  listed,
  gone,      // not seen for longer than the grace: only in feeds of what went
  hidden,    // by the policy
  unlisted,  // by its owner (#unlisted)
  refuted,   // its server does not hold the key that it is listed with
  unnamed    // no key is known, so there is no link to join it by
};
std::string_view word_of(Standing standing);

struct Visibility {
  Standing standing = Standing::listed;
  std::string reason;  // reason code (sites/reasons.ndjson); empty when listed or gone
  Witness witness;
  std::string date;  // of the policy's line, or since when it is gone
};

struct Community {
  const Server* server = nullptr;  // good as long as the Server it was made from
  const Room* room = nullptr;

  std::string identifier;  // TOKEN+ and 8 or more hex digits of the key
  std::vector<std::string>
      older_identifiers;  // TOKEN+ 4 of the key; + 4 of MD5 of each HOST[:PORT]
  std::vector<std::string> claimed_identifiers;  // find it, too, and are never published
  Visibility visibility;

  std::string name;         // the token, if it has none
  std::string description;  // without the owner's hashtags at the end; may be empty
  std::vector<SpokenLanguage> languages;
  std::vector<Tag> tags;  // no two with one text; the most trusted origin is told

  std::optional<std::int64_t> weekly_users;  // scaled from the server's own period to seven days
  std::optional<std::int64_t> staff_count;   // the policy's figure before the server's

  bool is_new = false;  // facts.hpp has the rules
  bool read_only = false;
  bool uploads_off = false;
  bool staffed = false;
  Fact official, adult, test, pinned;

  bool listed() const { return visibility.standing == Standing::listed; }
};
