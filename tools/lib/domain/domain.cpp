#include "domain/domain.hpp"

#include <libpsl.h>

#include "url/host.hpp"
#include "url/join_url.hpp"

namespace {

bool is_suffix_of_a_registry(const std::string& name) {
  // The list in the library, not a file of the machine: the same libpsl always decides the same.
  static const psl_ctx_t* const list = psl_builtin();
  if (list == nullptr) return name.find('.') == std::string::npos;
  return psl_is_public_suffix2(list, name.c_str(), PSL_TYPE_ICANN) == 1;
}

}  // namespace

std::string domain_of(const std::string& host) {
  const auto first_two = [&](char separator) {
    return host.substr(0, host.find(separator, host.find(separator) + 1));
  };
  if (is_in_overlay(host)) return host.substr(host.rfind('.') + 1);
  if (is_ipv6(host)) return first_two(':');
  if (is_ipv4(host)) return first_two('.');
  std::string domain = host;
  for (auto dot = host.find('.'); dot != std::string::npos; dot = host.find('.', dot + 1)) {
    std::string above = host.substr(dot + 1);
    if (is_suffix_of_a_registry(above)) break;
    domain = std::move(above);
  }
  return domain;
}

std::string domain_of_base_url(const std::string& base_url) {
  const auto base = parse_base_url(base_url);
  if (!base) return base_url;
  return is_in_private_network(base->host) ? base->host_port() : domain_of(base->host);
}
