// Which of a server's addresses is printed. What comes first decides:
//   1. it answered for this key within a day before the server's last answer
//   2. https
//   3. it is on the host that the server prints of itself
//   4. a name, not an IP address
//   5. it is the longest known
//   6. the smaller text
#pragma once

#include <string_view>
#include <vector>

#include "record/server.hpp"

// Sorts the observations of one server, the address to print first.
void sort_by_address(std::vector<const Server*>& observations);

// Why the first of the sorted `observations` is printed and not another one of
// them: a clause in English.
std::string_view why_not(const std::vector<const Server*>& observations, const Server& other);
