// --connect-to HOST:PORT:ADDRESS:PORT: connects to another address than the URL says, as curl's
// option of that name. An empty HOST or PORT means any. libcurl reads the whole list at each
// transfer; here the entry of a host is found by hash, so that tests can have thousands of
// servers on one machine.
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
