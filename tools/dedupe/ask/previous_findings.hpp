// What the previous listing knows about the addresses to probe.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "record/listing_end.hpp"
#include "store/buckets.hpp"

class PreviousFindings {
 public:
  // `candidates`: the addresses that pages and people name.
  explicit PreviousFindings(const Buckets& candidates) : candidates_{candidates} {}

  void add(const Server& listed);
  void add(const ListingEnd& end);

  // Differs from run to run, and nobody outside can tell it before: it is made from the time of the
  // listing, which is published, and from how long each address was silent, which is not.
  const std::string& seed() const { return seed_; }

  // Addresses that proven servers name as their own but no page names: one candidate each, which
  // claims the server's key. An address that was probed and did not prove the key is left out for
  // two days (as long as the listing remembers that probe).
  std::vector<Server> own_addresses() const;

  // When a server answered first at the address; "" if it never did.
  const std::string& answered_since(const std::string& base_url) const;

  // Adds to a candidate what is known about its address.
  void tell(Server& candidate) const;

 private:
  struct OwnAddress {
    std::string public_key;
    bool is_proven = false;
  };
  void add_address(const Server& observation, bool is_asked_again);

  const Buckets& candidates_;
  std::string seed_;
  std::unordered_map<std::string, std::vector<Server>> found_out_;  // by address
  std::unordered_map<std::string, std::string> answered_since_;     // by address
  std::unordered_set<std::string> asked_;
  std::map<std::string, OwnAddress> own_addresses_;
};
