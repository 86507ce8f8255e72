// Adds what people know to servers and Communities, before anything is rendered.
// Values in, values out: no clock, no disk. Memory is that of the annotations,
// whatever the number of servers.
//
//   Annotator annotator{knowledge, now};
//   for each server:
//     for (const Community& community : annotator.annotate(server).communities) …
//   for (const std::string& line : annotator.unmatched()) note(line);
//
// Of two lines that say different things, the more specific one wins: identifier before key and
// server id, these before host. Of equally specific lines, languages and tags are combined; for
// other members `true` wins, then the first line.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "model/said.hpp"
#include "ndjson/bad_lines.hpp"

// A server and its Communities, sorted by what may be published.
struct Annotated {
  ListedServer server;                 // its counts are not set; no hidden address is in it
  std::vector<Community> communities;  // listed ones, and gone ones for the feeds
  struct Withheld {
    std::string token, reason;  // reason: its code
  };
  std::vector<Withheld> withheld;
};

// HOST of HOST[:PORT]; an IPv6 address stands in brackets.
std::string_view without_port(std::string_view address);

class Annotator {
 public:
  // `knowledge` must outlive it.
  Annotator(const Knowledge& knowledge, UnixTime now);

  Annotated annotate(const Server& server);

  // Every Community, hidden or not: only for explanations and checks, never for the site.
  std::vector<Community> all(const Server& server);

  // May a page name this server, or this address (HOST[:PORT] or a base URL)? Not if the policy
  // hides the whole server.
  bool may_name(const Server& server);
  bool may_name_address(std::string_view address) const;

  // Lines that matched nothing in the servers so far, such as
  // `languages/communities.ndjson:3: nothing here is called "cats+0123"`; and lines that matched
  // only what is gone.
  std::vector<std::string> unmatched() const;
  std::vector<std::string> matched_only_gone() const;

 private:
  void take(KnownLines& into, const std::vector<std::size_t>& found);
  void take_removals(KnownLines& into, const std::vector<std::size_t>& found);
  Said said_of(const Server& server);
  std::vector<Community> all(const Server& server, const CommunityServer& shown);

  const Knowledge& knowledge_;
  UnixTime now_;
  std::map<std::size_t, KnownLine> removals_;   // lines with only what they take away
  std::vector<bool> matched_, matched_living_;  // by line of knowledge_
};

// Calls `use` with every Community of the listing `files`, hidden or not. Returns the exit
// status of for_each_line.
int for_each_community(const std::vector<std::string>& files, const BadLinePolicy& policy,
                       Annotator& annotator, const std::function<void(const Community&)>& use);
