// The listing, as it follows from the sightings: every server that is known, by
// address. Those that hold a key have a server_id, and their rooms an identifier
// and a join URL; some of them are gone. Those without are claims, and addresses
// that showed no key.
//
// server_id is the first 8 hex digits of the key. Where two keys begin alike, it
// is that for the server known first, and for a newcomer as many digits as tell
// it from all that are known longer.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity.hpp"
#include "sightings.hpp"

class Listing {
 public:
  Listing(const Sightings& sightings, const Rules& rules);
  Listing(const Listing&) = delete;  // its parts point to each other

  std::size_t size() const { return lines_.size(); }
  Server operator[](std::size_t line) const;

  // The line of the server that holds a key.
  std::optional<std::size_t> holder(std::string_view public_key) const;

  // What a line was made from.
  const Persona& persona(std::size_t line) const { return lines_[line].persona; }
  const Rules& rules() const { return rules_; }

 private:
  using Roster = std::map<std::string, std::vector<const Server*>>;  // sightings by address, or key
  struct Line {
    Persona persona;
    std::string base_url, public_key, first_seen, server_id, copy_of;
    bool has_changed_key = false, is_claim = false;
    std::vector<std::string> fingerprints;
  };

  void find_servers(const Sightings& sightings);
  void add(Persona persona, const Roster& roster);
  void give_ids();
  void mark_copies();

  Rules rules_;
  std::vector<Line> lines_;
  std::vector<Line*> by_age_;  // those that hold a key, the longest known first
  std::map<std::string_view, std::size_t> holders_;  // the line of those, by key
};

// A room is listed if it has an identifier and is not gone.
bool is_listed(const Room& room);
