// The public keys that people vouch for: they list the server in a file of known
// servers, or a line of the policy calls it official or pins it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "record/server.hpp"

using Hosts = std::set<std::string, std::less<>>;

// A line of a file of known servers. Throws BadLine for another kind, an unknown
// member or an address that is not in its canonical form.
Server known_server(const JsonView& record);

class Vouched {
 public:
  // Adds a canonical key, and the host that people list with it, if any.
  void add(std::string public_key, const std::string& host = "");
  // Reads `server` lines. Throws a Failure that names file and line of a bad one.
  void add_known_servers(const std::string& file);
  // Reads `annotation` lines, and takes those that name a full key and say official or pinned.
  // Throws a Failure for an unknown member in any of them.
  void add_policy(const std::string& file);

  bool has(std::string_view public_key) const { return hosts_.contains(public_key); }
  // The hosts that people list with the key.
  const Hosts& hosts(std::string_view public_key) const;

 private:
  std::map<std::string, Hosts, std::less<>> hosts_;  // by key
};
