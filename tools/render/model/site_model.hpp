// Everything that a run publishes, in the order in which it is shown.
//
// A Community has four forms: the Room of its record, as its server describes it; a Community, with
// what people know and all that is shown; its bytes in a spool, so that a million of them need
// 60 MB of memory and not gigabytes; and the Values for a template, whose memory the next row
// uses again.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/community.hpp"
#include "model/holders.hpp"
#include "ndjson/spool.hpp"

struct SiteModel {
  using Number = std::uint32_t;  // of a Community or a server, by rank, from 0

  // Communities that are listed and not adult, by what they have in common: their
  // numbers, by rank.
  using Groups = std::map<std::string, std::vector<Number>>;

  struct Event {  // for the feeds
    enum Kind : std::uint8_t { appeared, returned, gone } kind;
    UnixTime at;
    Spool::Slot community;
    std::uint64_t tie;  // the same on every machine
    Holders holders;
    bool is_over = false;   // of a Community that is gone, adult or hidden: it only counts
    bool in_feeds = false;  // the budget of its domain has a place for it
  };
  struct Original {
    std::string id, host;  // host: "" if it has no page
  };
  struct Imitated {
    std::string identifier, name;
  };

  Spool texts, server_texts;
  std::vector<Spool::Slot> communities, adult;    // by rank
  std::vector<Spool::Slot> servers;               // with Communities, most of them first
  std::vector<Spool::Slot> silent;                // that answered once, and not the last time
  Groups languages, tags, topics;                 // that have pages (page_shares.hpp)
  Groups by_server, adult_by_server;              // by server id
  std::vector<Event> events;                      // newest first
  std::map<ProbeOutcome, std::int64_t> outcomes;  // servers
  std::map<std::optional<KeyStatus>, std::int64_t> key_states;  // servers
  std::map<std::string, std::int64_t> sources;                  // join links
  std::map<std::string, std::map<std::string, std::int64_t>>
      reasons;                                 // code -> what it does -> how many
  std::map<std::string, std::string> hosts;    // server id -> host, of those with pages
  std::map<std::string, Original> copies;      // server id -> the server that it copies
  std::map<std::string, Imitated> imitations;  // identifier -> whose name looks like its own
  std::vector<std::string> copies_of_hidden;   // identifiers of Communities
  std::int64_t servers_up = 0, never_answered = 0, hidden = 0;
  std::int64_t left_out = 0;   // servers and rooms whose data failed a check
  std::int64_t originals = 0;  // of `communities`, without copies
  std::int64_t proven = 0, is_new = 0, weekly_users = 0;  // copies do not count
  UnixTime generated_at = 0;                              // when the servers were asked last
  UnixTime began = 0;  // when the listing was made first; 0: never

  ListedServer server(Spool::Slot slot) const;
  // Was it first seen after the first day of the listing? What that day holds is not news.
  bool is_news(UnixTime first_seen) const;
};

// Reads Communities; fastest in the order of their rank. Each thread needs a reader of its own.
class CommunityReader {
 public:
  explicit CommunityReader(const SiteModel& model) : model_{model}, reader_{model.texts} {}
  // Valid until the next one is read. read_row() reads only the members that rows show.
  const Community& read(Spool::Slot slot);
  const Community& read_row(Spool::Slot slot);

 private:
  const Community& finished();

  const SiteModel& model_;
  SpoolReader reader_;
  Community community_;
};
