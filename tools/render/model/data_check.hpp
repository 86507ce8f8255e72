// What of a server's record can't be published safely: what becomes a link or the name of a file
// must have the form that it should have, and identifiers stand once.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "record/server.hpp"

inline constexpr char kBadData[] = "bad-data";  // the code of the reason

class DataCheck {
 public:
  // Removes the rooms that can't be published. False if nothing of the server can.
  bool keep_usable(Server& server);

  // What was left out, a line each: "https://sog.example: \"rooms[2].token\" should be …".
  const std::vector<std::string>& left_out() const { return left_out_; }

 private:
  std::set<std::string> ids_;  // of servers
  std::vector<std::string> left_out_;
};
