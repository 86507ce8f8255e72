// What one holder registers and pays for: the holder of every budget that strangers share.
#pragma once

#include <string>

// The domain of a canonical host (url/host.hpp): the part of a name that its holder registered, by
// the Public Suffix List; the first two numbers of an IPv4 address; the first two groups of an IPv6
// address. Only suffixes of registries count: names below those of a company (duckdns.org) cost
// nothing, so such a suffix is one domain. So is an overlay network.
//
//   a.b.example  ->  b.example      a.b.co.uk  ->  b.co.uk      a.b.duckdns.org  ->  duckdns.org
//   192.0.2.1    ->  192.0          abc.onion  ->  onion
std::string domain_of(const std::string& host);

// The domain of the host of a base URL. In a private network, which is the operator's own, each
// server counts by itself: the host and port. The text itself if it is no base URL.
std::string domain_of_base_url(const std::string& base_url);
