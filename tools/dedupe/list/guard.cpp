#include "list/guard.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "domain/domain.hpp"

namespace {

constexpr std::size_t kMostNamed = 10;  // servers named one by one in a refusal

// Whether the server proved its key within the grace, so that its list of rooms comes from itself.
bool speaks_for_itself(const Server& server, const Rules& rules) {
  return server.key->proven_at && server.key->status != KeyStatus::refuted &&
         rules.now - seconds_of(*server.key->proven_at) <= rules.grace;
}

constexpr std::string_view kOwnWord = "left out by their own servers";

// Why a room that was listed is not any more; "" if it is.
std::string_view why_lost(const Server* server, const std::string& token, const Rules& rules) {
  if (!server) return "on servers that are forgotten, or no longer hold their key";
  const auto room = std::find_if(server->rooms.begin(), server->rooms.end(),
                                 [&](const Room& r) { return r.token == token; });
  if (room != server->rooms.end() && is_listed(*room)) return {};
  if (!server->gone)
    return speaks_for_itself(*server, rules) ? kOwnWord
                                             : "left out by servers that did not prove their key";
  if (server->key->status == KeyStatus::refuted) return "on servers that have another key now";
  return "on servers that are silent for longer than the grace";
}

bool lists_anything(const Listing& listing) {
  JsonText memory;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    const Server server = listing.server(i, memory);
    if (std::any_of(server.rooms.begin(), server.rooms.end(), is_listed)) return true;
  }
  return false;
}

std::string count(std::size_t number, const std::string& what) {
  return std::to_string(number) + " " + what;
}

}  // namespace

void PreviousListing::add(const Server& server) {
  ++servers_;
  for (const Room& room : server.rooms)
    if (is_listed(room))
      rooms_.push_back({server.key ? server.key->public_key : "", room.token, server.base_url});
}

Loss::Loss(const PreviousListing& before, const Listing& listing)
    : rooms_{before.rooms().size()}, lists_anything_{lists_anything(listing)} {
  struct Domain {
    double rooms = 0, lost = 0;
  };
  std::map<std::string, Domain> domains;
  std::optional<Server> server;
  JsonText memory;
  for (const PreviousListing::ListedRoom& room : before.rooms()) {
    if (!server || !server->key || server->key->public_key != room.public_key) {
      const auto line = listing.holder(room.public_key);
      server.reset();
      if (line) server = listing.server(*line, memory);
    }
    Domain& domain = domains[domain_of_base_url(room.base_url)];
    ++domain.rooms;
    const auto why = why_lost(server ? &*server : nullptr, room.token, listing.rules());
    left_out_ += why == kOwnWord;
    if (why.empty() || why == kOwnWord) continue;
    ++domain.lost;
    lost_.push_back({std::string{why}, room.base_url});
  }
  for (const auto& [name, domain] : domains) {
    lost_domains_ += domain.lost > 0;
    lost_share_ += domain.lost / domain.rooms / static_cast<double>(domains.size());
  }
}

std::optional<std::string> Loss::refusal(std::int64_t max_loss) const {
  if (!lists_anything_) return "nothing would be listed" + details();
  const double percent =
      std::round(lost_share_ * 1e6) / 1e4;  // rounded, so that 3 of 10 domains are exactly 30 %
  if (lost_domains_ < kManyDomains || percent <= static_cast<double>(max_loss)) return std::nullopt;
  return count(lost_.size(), "of ") + count(rooms_, "listed Communities would go, ") +
         count(static_cast<std::size_t>(percent), "% of the domains; --max-loss allows ") +
         count(static_cast<std::size_t>(max_loss), "%") + details();
}

std::string Loss::details() const {
  std::map<std::string, std::size_t> by_reason, by_server;
  for (const Lost& room : lost_) {
    ++by_reason[room.why];
    ++by_server[room.base_url];
  }
  if (left_out_ > 0) by_reason[std::string{kOwnWord}] = left_out_;
  std::string text;
  for (const auto& [why, number] : by_reason) text += "\n  " + count(number, why);
  std::vector<std::pair<std::size_t, std::string>> most;
  for (const auto& [url, number] : by_server) most.emplace_back(number, url);
  std::sort(most.begin(), most.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  for (std::size_t i = 0; i < most.size() && i < kMostNamed; ++i)
    text += "\n  " + count(most[i].first, "of ") + most[i].second;
  if (most.size() > kMostNamed)
    text += "\n  … of " + count(most.size() - kMostNamed, "more servers");
  return text;
}

void refuse_to_go_back(const PreviousListing& before, const std::string& newest_probe) {
  if (newest_probe.empty() || !before.newest_probe()) return;
  if (seconds_of(*before.newest_probe()) - seconds_of(newest_probe) <= kDay) return;
  throw Refusal{RefusalCode::wrong_clock,
                "the previous listing was made at " + *before.newest_probe() +
                    ", but the newest of the new probes is of " + newest_probe +
                    ": this machine's clock is or was wrong\n"
                    "Use an older listing as --previous; --force overrides"};
}

void Loss::refuse_too_much(std::int64_t max_loss) const {
  if (const auto why = refusal(max_loss))
    throw Refusal{RefusalCode::too_much_lost,
                  *why + "\nThe previous listing is unchanged; --force overrides"};
}
