// Everything that a run publishes, in the order in which it is shown.
//
// A Community has these forms and no more: the Room of its record, as its server tells
// it; Community, with what people know and all that is shown; the bytes of that in a
// spool, since a million of them would need gigabytes of memory and need 60 MB so; and
// the Values that a template asks for, whose memory one row hands on to the next.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/annotate.hpp"
#include "model/pack.hpp"
#include "ndjson/spool.hpp"

struct SiteModel {
  using Number = std::uint32_t;  // of a Community or a server, by rank, from 0

  // How often each of something holds Communities that are listed and not adult:
  // their numbers, by rank.
  using Groups = std::map<std::string, std::vector<Number>>;

  struct Event {  // for the feeds
    enum Kind : std::uint8_t { appeared, returned, gone } kind;
    UnixTime at;
    Spool::Slot community;
    std::uint64_t tie;  // the same on every machine
  };

  Spool texts, server_texts;
  std::vector<Spool::Slot> communities, adult;  // by rank
  std::vector<Spool::Slot> servers;             // with Communities, most of them first
  std::vector<Spool::Slot> silent;              // that did not answer, in the same order
  Groups languages, tags, topics, by_server;    // by code, tag, server id
  Groups adult_by_server;
  std::vector<Event> events;  // newest first
  std::map<std::string, std::int64_t> outcomes, key_states, sources;
  std::map<std::string, std::map<std::string, std::int64_t>>
      reasons;                               // code -> what it does -> how many
  std::map<std::string, std::string> hosts;  // server id -> host, of those with pages
  std::int64_t servers_up = 0, proven = 0, is_new = 0, weekly_users = 0, hidden = 0;
  UnixTime generated_at = 0;  // when the servers were asked last

  ListedServer server(Spool::Slot slot) const;
};

// Gives Communities back, fast in the order of their rank. One for each thread.
class CommunityReader {
 public:
  explicit CommunityReader(const SiteModel& model) : reader_{model.texts} {}
  // Good until the next one is read. The second gives only what rows show.
  const Community& read(Spool::Slot slot);
  const Community& read_row(Spool::Slot slot);

 private:
  SpoolReader reader_;
  Community community_;
};

// Builds a model from servers in any order.
class SiteModelBuilder {
 public:
  SiteModelBuilder(const Knowledge& knowledge, UnixTime now, AnnotatorOptions options);

  // Takes one server. Throws BadLine for one that can't be published safely.
  void add(const Server& server);

  // Sorts. Throws Failure when two Communities have one identifier.
  SiteModel finish();

  const Annotator& annotator() const { return annotator_; }

 private:
  struct Entry {
    Spool::Slot slot;
    double score;
    std::uint64_t head, tie;  // the identifier's first letters, and its hash
    bool pinned;
    SiteModel::Number number;
  };
  struct ServerEntry {
    Spool::Slot slot;
    std::int64_t count;
    std::string id;
  };
  void add_community(const Community& community, SiteModel::Number number);
  void sort_communities();
  void add_events(const Community& community, Spool::Slot slot, std::uint64_t tie);

  Annotator annotator_;
  UnixTime now_;
  UnixTime newest_probe_ = 0;
  SiteModel model_;
  std::vector<Entry> communities_, adult_;
  std::vector<ServerEntry> servers_, silent_;
  std::string packed_;
};

// "sog.example:8080" of "http://sog.example:8080".
std::string_view host_of(std::string_view base_url);
