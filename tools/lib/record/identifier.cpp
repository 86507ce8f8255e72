#include "record/identifier.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "crypto/hash.hpp"

bool is_server_id(std::string_view text) {
  return text.size() >= 8 && text.size() <= 64 && is_lower_hex(text);
}

std::string_view host_port_of(std::string_view base_url) {
  const std::size_t scheme = base_url.find("://");
  return scheme == base_url.npos ? base_url : base_url.substr(scheme + 3);
}

namespace {

constexpr std::size_t kMostOlderAddresses = 7;
const std::string kNever = "~";  // after all times

bool has_old_names(const Server& server) {
  return server.key && server.key->public_key.size() >= 4;
}

std::string shortest(const Server& server, std::string_view token) {
  return std::string{token} + '+' + server.key->public_key.substr(0, 4);
}

void add(std::vector<std::string>& names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

std::string digits_of(std::string_view base_url) {
  return md5_hex(host_port_of(base_url)).substr(0, 4);
}

std::vector<const Alias*> longest_known(const Server& server) {
  std::vector<const Alias*> aliases;
  for (const Alias& alias : server.aliases)
    if (is_shown(server, alias)) aliases.push_back(&alias);
  std::sort(aliases.begin(), aliases.end(), [](const Alias* a, const Alias* b) {
    const auto rank = [](const Alias* alias) {
      return std::pair{std::string_view{alias->first_seen ? *alias->first_seen : kNever},
                       std::string_view{alias->base_url}};
    };
    return rank(a) < rank(b);
  });
  if (aliases.size() > kMostOlderAddresses) aliases.resize(kMostOlderAddresses);
  return aliases;
}

}  // namespace

std::vector<std::string> older_identifiers(const Server& server, std::string_view token) {
  if (!has_old_names(server)) return {};
  const std::string name = shortest(server, token);
  std::vector<std::string> names{name};
  add(names, name + digits_of(server.base_url));
  for (const Alias* alias : longest_known(server)) add(names, name + digits_of(alias->base_url));
  return names;
}

std::vector<std::string> claimed_identifiers(const Server& server, std::string_view token) {
  std::vector<std::string> names;
  if (!has_old_names(server)) return names;
  const std::vector<const Alias*> used = longest_known(server);
  for (const Alias& alias : server.aliases)
    if (std::find(used.begin(), used.end(), &alias) == used.end())
      add(names, shortest(server, token) + digits_of(alias.base_url));
  return names;
}

bool is_shown(const Server& server, const Alias& alias) {
  const bool has_proven =
      server.key && (server.key->status == KeyStatus::proven || server.key->proven_at);
  return !has_proven || alias.proven_at;
}
