// How many people a room has, in figures that can be compared.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "record/room.hpp"

// People in seven days: active_users scaled from the server's own period (a week,
// if it names none). Nothing when there is no number, the period is under a day (an
// hour says nothing of a week), or more than a million come out (protocol.md 8).
std::optional<std::int64_t> weekly_users(const Room& room);

// The people of several servers together. At most 100,000 of one domain count, several times the
// most that are known, since a server can claim any number.
class PeopleSum {
 public:
  void add(const std::string& base_url, std::int64_t people);
  std::int64_t total() const;

 private:
  std::map<std::string, std::int64_t> by_domain_;
};
