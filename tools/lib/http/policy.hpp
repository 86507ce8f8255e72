// What the operator sets for all requests (http/options.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

struct HttpPolicy {
  std::string user_agent;                  // never empty; see http/options.hpp
  std::vector<std::string> allow_private;  // CIDRs that the guard lets through
  std::string proxy;                       // "" for none
  std::string proxy_onion;                 // for .onion and .loki names; "": `proxy` serves them
  std::string ca_file;                     // "" for the system's
  std::vector<std::string> connect_to;     // HOST:PORT:ADDRESS:PORT, as curl's
  std::int64_t jobs = 128;                 // transfers at once
  std::size_t jobs_per_host = 4;           // a host with all its ports
  std::size_t jobs_per_address = 8;        // an IPv4 address, an IPv6 /64; not behind a proxy
  std::size_t hosts_per_address = 0;       // in all, without known ones; 0: no limit
  // Of the bodies of all transfers under way. Above it the largest transfer is given up (broken),
  // first of those that are not known; 0: no limit.
  std::size_t bytes_under_way = 0;
};
