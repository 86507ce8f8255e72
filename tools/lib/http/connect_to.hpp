// --connect-to HOST:PORT:ADDRESS:PORT: connect elsewhere than the URL says, as
// curl's option of that name. An empty HOST or PORT stands for any. libcurl walks
// the whole list at each transfer; here a host finds its own entry at once, so
// that a world of thousands of servers can be played on one machine.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

class ConnectTo {
 public:
  explicit ConnectTo(const std::vector<std::string>& entries);  // throws UsageError
  // The first entry for this host and port, or "".
  std::string entry_for(const std::string& host, int port) const;

 private:
  struct Entry {
    std::size_t order;
    std::string host, port, text;
  };
  std::unordered_map<std::string, Entry> exact_;  // by HOST:PORT
  std::vector<Entry> wild_;
};
