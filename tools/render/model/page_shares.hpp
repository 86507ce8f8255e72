// Which tags and languages have pages and feeds of their own: those that more than one server uses
// or that curators gave. The servers of one domain can get only a limited number of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "model/holders.hpp"

class PageShares {
 public:
  // `most_of_domain`: the most names of one domain that count. `most`: the most names with pages.
  PageShares(std::size_t most_of_domain, std::size_t most)
      : most_of_domain_{most_of_domain}, most_{most} {}

  // How much the use of a name by a server counts; 2 are needed for a page.
  enum Weight : std::uint8_t { said_by_server = 1, detected = 2, curated = 3 };
  void add(const std::string& name, Holders holders, Weight weight);

  // The names that have pages. If there are too many, those of most servers.
  std::set<std::string> names() const;

 private:
  std::size_t most_of_domain_, most_;
  struct Vote {
    std::uint32_t domain;
    Weight weight;
  };
  std::map<std::string, std::map<std::uint32_t, Vote>> uses_;  // by name and server
};
