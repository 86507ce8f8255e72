#include "model/annotate.hpp"

#include <algorithm>
#include <set>

#include "knowledge/owner_text.hpp"
#include "model/data_check.hpp"
#include "model/room_rules.hpp"
#include "model/room_words.hpp"
#include "record/identifier.hpp"
#include "record/people.hpp"
#include "url/join_url.hpp"

std::string_view without_port(std::string_view address) {
  const std::size_t colon =
      address.find(':', address.find(']') == address.npos ? 0 : address.find(']'));
  return address.substr(0, colon);
}

namespace {

// The hosts by which a line can name the server, with and without the port. Another address that
// proves the key may be a relay: a line for it hides only that address, not the server.
struct HostsOf {
  std::set<std::string> printed;
  // Those that were printed, or that its key holder named in a proof. The key holder may name any
  // host, so a line for one of these can only take something away. If the set of printed hosts is
  // full, the server keeps changing hosts: then each alias counts as its host.
  std::set<std::string> others;
};

HostsOf hosts_of(const Server& server) {
  HostsOf hosts;
  const auto add = [](std::set<std::string>& into, std::string_view base_url) {
    const auto parsed = parse_base_url(base_url);
    if (!parsed) return;
    into.insert(parsed->host_port());
    into.insert(parsed->host);
  };
  add(hosts.printed, server.base_url);
  if (server.prints_url) add(hosts.others, *server.prints_url);
  for (const PrintedHost& printed : server.printed_hosts)
    add(hosts.others, "http://" + printed.host);
  // Printed hosts have no ports, but its former addresses on them do.
  const bool is_full = server.printed_hosts.size() >= kMostPrintedHosts;
  for (const Alias& alias : server.aliases)
    if (is_full || (alias.proven_at && is_on_own_host(server, alias.base_url)))
      add(hosts.others, alias.base_url);
  return hosts;
}

// Trust goes by the key, so only to a server that proved it.
Fact trust(const Said& said, std::optional<bool> Annotation::*member, std::string_view reason,
           const Server& server) {
  Fact fact = fact_of(said, member, reason);
  if (!fact.holds ||
      (server.key && (server.key->status == KeyStatus::proven || server.key->proven_at)))
    return fact;
  fact.holds = false;
  fact.because = "its key is trusted, but not proven";
  return fact;
}

// Whether it did not answer for its key, or another server holds that key.
bool is_refuted(const Server& server) {
  return (server.key && server.key->status == KeyStatus::refuted) ||
         std::find(server.flags.begin(), server.flags.end(), ServerFlag::claims_key_of_another) !=
             server.flags.end();
}

VisibilityDecision decide(const Said& said, const OwnerText& owner, const Server& server,
                          const Room& room) {
  const KnownLine* says = said.decides(&Annotation::hidden);
  if (const Fact hidden = fact_of(said, &Annotation::hidden, ""); hidden.holds)
    return {Visibility::hidden, hidden.reason, hidden.witness, says->annotation.date.value_or("")};
  if (owner.unlisted) return {Visibility::unlisted, "unlisted", {Origin::owner, "", ""}, ""};
  // `"hidden":false` lists it in spite of that.
  if (!says && is_closed(room)) return {Visibility::closed, "closed", {}, ""};
  if (is_refuted(server)) return {Visibility::refuted, "refuted", {}, ""};
  if (!server.key || !room.identifier || !room.join_url)
    return {Visibility::unnamed, "no-key", {}, ""};
  if (const auto& gone = room.gone ? room.gone : server.gone)
    return {Visibility::gone, "", {}, *gone};
  return {};
}

}  // namespace

Annotator::Annotator(const Knowledge& knowledge, UnixTime now)
    : knowledge_{knowledge},
      now_{now},
      matched_(knowledge.lines().size()),
      matched_living_(matched_.size()) {}

void Annotator::take(KnownLines& into, const std::vector<std::size_t>& found) {
  for (const std::size_t index : found) {
    const KnownLine& line = knowledge_.lines()[index];
    if (std::find(into.begin(), into.end(), &line) != into.end()) continue;
    into.push_back(&line);
    matched_[index] = true;
  }
}

// Of each line only what hides or marks as adult.
void Annotator::take_removals(KnownLines& into, const std::vector<std::size_t>& found) {
  for (const std::size_t index : found) {
    const KnownLine& line = knowledge_.lines()[index];
    if (!takes_away(line.annotation)) continue;
    const auto [removal, is_new] = removals_.try_emplace(index, line);
    if (is_new) {
      removal->second.annotation.languages.clear();
      removal->second.annotation.tags.clear();
      removal->second.annotation.staff_count.reset();
    }
    if (std::find(into.begin(), into.end(), &removal->second) != into.end()) continue;
    into.push_back(&removal->second);
    matched_[index] = true;
  }
}

Said Annotator::said_of(const Server& server) {
  Said said;
  if (server.key) take(said.levels[1], knowledge_.of_server(server.key->public_key));
  const HostsOf hosts = hosts_of(server);
  for (const std::string& host : hosts.printed) take(said.levels[2], knowledge_.of_host(host));
  for (const std::string& host : hosts.others)
    take_removals(said.levels[2], knowledge_.of_host(host));
  return said;
}

std::vector<Community> Annotator::all(const Server& server, const CommunityServer& shown) {
  const Said of_server = said_of(server);
  std::vector<Community> communities;
  communities.reserve(server.rooms.size());
  for (const Room& room : server.rooms) {
    Community& community = communities.emplace_back(community_of(server, room));
    community.server = shown;
    community.copy_of = server.copy_of.value_or("");
    Said said = of_server;
    if (server.key)
      take(said.levels[0], knowledge_.of_community(room.token, server.key->public_key));
    for (const std::string& name : community.older_identifiers)
      take(said.older, knowledge_.of_older(name));

    const OwnerText owner = read_owner_text(
        room.name.value_or(""), room.description.value_or(""), knowledge_.labels(),
        [&](const std::string& text) { return language_of(knowledge_, text).has_value(); });
    community.description = owner.description;
    community.decision = decide(said, owner, server, room);
    if (!room.gone && !server.gone)
      for (const auto* lines : {&said.levels[0], &said.levels[1], &said.levels[2], &said.older})
        for (const KnownLine* line : *lines) matched_living_[line->number] = true;
    if (community.decision.visibility == Visibility::gone) {
      community.gone = true;
      community.gone_at = community.decision.date;
    }
    judge_words(knowledge_, said, owner, room.tags, community);

    for (auto lines = said.levels.rbegin(); lines != said.levels.rend(); ++lines)
      for (const KnownLine* line : *lines)
        if (line->annotation.staff_count) community.staff_count = line->annotation.staff_count;
    community.is_new = is_new(room, now_);
    community.staffed = is_staffed(community.staff_count, community.weekly_users);
    community.official = trust(said, &Annotation::official, "official", server);
    community.pinned = trust(said, &Annotation::pinned, "pinned", server);
  }
  return communities;
}

Annotated Annotator::annotate(const Server& server) {
  Annotated annotated{listed_server(server, now_), {}, {}};
  std::erase_if(annotated.server.server.aliases,
                [this](const OtherAddress& alias) { return !may_name_address(alias.base_url); });
  for (Community& community : all(server, annotated.server.server))
    if (community.listed() || community.gone)
      annotated.communities.push_back(std::move(community));
    else
      annotated.withheld.push_back({community.token, community.decision.reason});
  return annotated;
}

std::vector<Community> Annotator::all(const Server& server) {
  return all(server, listed_server(server, now_).server);
}

bool Annotator::may_name(const Server& server) {
  return !fact_of(said_of(server), &Annotation::hidden, "").holds;
}

bool Annotator::may_name_address(std::string_view address) const {
  const std::string_view host_port = host_port_of(address);
  for (const std::string_view host : {host_port, without_port(host_port)})
    for (const std::size_t index : knowledge_.of_host(host))
      if (knowledge_.lines()[index].annotation.hidden.value_or(false)) return false;
  return true;
}

std::vector<std::string> Annotator::unmatched() const {
  std::vector<std::string> lines;
  for (std::size_t index = 0; index < matched_.size(); ++index)
    if (!matched_[index]) {
      const auto& [annotation, place, number] = knowledge_.lines()[index];
      lines.push_back(place + ": nothing here is called \"" + selector_of(annotation) + "\"");
    }
  return lines;
}

std::vector<std::string> Annotator::matched_only_gone() const {
  std::vector<std::string> lines;
  for (std::size_t index = 0; index < matched_.size(); ++index)
    if (matched_[index] && !matched_living_[index]) {
      const auto& [annotation, place, number] = knowledge_.lines()[index];
      lines.push_back(place + ": \"" + selector_of(annotation) + "\" is gone from the listing");
    }
  return lines;
}

namespace {

// Marks those of the server's Communities, in the order of its rooms, that are left out.
void mark_unusable(const Server& server, DataCheck& check, std::vector<Community>& communities) {
  Server usable = server;
  if (!check.keep_usable(usable)) usable.rooms.clear();
  auto room = usable.rooms.begin();
  for (Community& community : communities)
    if (room != usable.rooms.end() && room->token == community.token)
      ++room;
    else if (community.listed() || community.decision.visibility == Visibility::gone)
      community.decision = {Visibility::unusable, kBadData, {}, ""};
}

}  // namespace

int for_each_community(const std::vector<std::string>& files, const BadLinePolicy& policy,
                       Annotator& annotator, const std::function<void(const Community&)>& use) {
  JsonText memory;
  DataCheck check;
  return for_each_line(files, policy, "render", [&](const Line& line) {
    const JsonView json = line.json(memory);
    if (kind_of(json) != Server::kKind) return;
    const Server server = from_json<Server>(json);
    std::vector<Community> communities = annotator.all(server);
    mark_unusable(server, check, communities);
    for (const Community& community : communities) use(community);
  });
}
