#include "store/vouched.hpp"

#include "ndjson/bad_lines.hpp"
#include "record/annotation.hpp"
#include "record/server.hpp"
#include "store/checks.hpp"
#include "url/join_url.hpp"

Server known_server(const JsonView& record) {
  if (kind_of(record) != Server::kKind) throw BadLine{"\"kind\" should be \"server\""};
  auto server = from_strict_json<Server>(record);
  const auto base = parse_base_url(server.base_url);
  if (base && base->text() != server.base_url)
    throw BadLine{"\"base_url\" should be written \"" + base->text() + "\""};
  return server;
}

void Vouched::add(std::string public_key, const std::string& host) {
  Hosts& hosts = hosts_[std::move(public_key)];
  if (!host.empty()) hosts.insert(host);
}

void Vouched::add_known_servers(const std::string& file) {
  JsonText memory;
  for_each_line({file}, {}, "dedupe", [&](const Line& line) {
    const JsonView record = line.json(memory);
    auto server = known_server(record);
    check(server);
    for (const ClaimedKey& claim : server.public_keys)
      add(claim.public_key, parse_base_url(server.base_url)->host);
  });
}

void Vouched::add_policy(const std::string& file) {
  JsonText memory;
  for_each_line({file}, {}, "dedupe", [&](const Line& line) {
    const JsonView record = line.json(memory);
    if (kind_of(record) != Annotation::kKind) return;
    const auto annotation = from_strict_json<Annotation>(record);
    const bool vouches = annotation.official.value_or(false) || annotation.pinned.value_or(false);
    if (!vouches || !annotation.key) return;
    if (auto key = parse_public_key(*annotation.key)) add(std::move(*key));
  });
}

const Hosts& Vouched::hosts(std::string_view public_key) const {
  static const Hosts none;
  const auto at = hosts_.find(public_key);
  return at == hosts_.end() ? none : at->second;
}
