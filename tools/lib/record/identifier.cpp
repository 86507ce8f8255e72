#include "record/identifier.hpp"

#include <algorithm>

#include "crypto/md5.hpp"

std::string_view host_port_of(std::string_view base_url) {
  const std::size_t scheme = base_url.find("://");
  return scheme == base_url.npos ? base_url : base_url.substr(scheme + 3);
}

std::vector<std::string> older_identifiers(const Server& server, std::string_view token) {
  std::vector<std::string> names;
  if (!server.key || server.key->public_key.size() < 4) return names;
  const std::string shortest = std::string{token} + '+' + server.key->public_key.substr(0, 4);
  names.push_back(shortest);
  const auto add_address = [&](std::string_view base_url) {
    std::string name = shortest + md5_hex(host_port_of(base_url)).substr(0, 4);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  add_address(server.base_url);
  for (const Alias& alias : server.aliases) add_address(alias.base_url);
  return names;
}
