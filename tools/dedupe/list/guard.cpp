#include "list/guard.hpp"

#include <algorithm>
#include <map>

#include "cli/errors.hpp"

namespace {

constexpr std::size_t kMostNamed = 10;  // servers named one by one in a refusal

// Why a room that was listed is not any more; nothing if it is.
std::string why_lost(const Server* server, const std::string& token) {
  if (!server) return "on servers that are forgotten, or no longer hold their key";
  const auto room = std::find_if(server->rooms.begin(), server->rooms.end(),
                                 [&](const Room& r) { return r.token == token; });
  if (room != server->rooms.end() && is_listed(*room)) return {};
  if (!server->gone) return "left out by servers that answer";
  if (server->key->status == "refuted") return "on servers that have another key now";
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

void refuse_to_go_back(const PreviousListing& before, const std::string& newest_probe) {
  if (newest_probe.empty() || !before.newest_probe()) return;
  if (seconds_of(*before.newest_probe()) - seconds_of(newest_probe) <= kDay) return;
  throw Failure{"the listing before this one was made at " + *before.newest_probe() +
                ", but what is new was found out at " + newest_probe +
                " or before: the clock was wrong, then or now\n"
                "Go on from a listing that was made before it went wrong; --force overrides"};
}

void refuse_too_much_loss(const PreviousListing& before, const Listing& listing,
                          std::int64_t max_loss) {
  std::map<std::string, std::size_t> by_reason, by_server;
  std::size_t lost = 0;
  std::optional<Server> server;
  JsonText memory;
  for (const PreviousListing::Listed& room : before.rooms()) {
    if (!server || !server->key || server->key->public_key != room.public_key) {
      const auto line = listing.holder(room.public_key);
      server.reset();
      if (line) server = listing.server(*line, memory);
    }
    const std::string why = why_lost(server ? &*server : nullptr, room.token);
    if (why.empty()) continue;
    ++lost;
    ++by_reason[why];
    ++by_server[room.base_url];
  }

  const std::size_t all = before.rooms().size();
  std::string refusal;
  if (lost * 100 > all * static_cast<std::size_t>(max_loss))
    refusal = count(lost, "of ") + count(all, "listed Communities (") +
              count(lost * 100 / all, "%) would go; --max-loss allows ") +
              count(static_cast<std::size_t>(max_loss), "%");
  else if (!lists_anything(listing))
    refusal = "nothing would be listed";
  else
    return;

  for (const auto& [why, number] : by_reason) refusal += "\n  " + count(number, why);
  std::vector<std::pair<std::size_t, std::string>> most;
  for (const auto& [url, number] : by_server) most.emplace_back(number, url);
  std::sort(most.begin(), most.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  for (std::size_t i = 0; i < most.size() && i < kMostNamed; ++i)
    refusal += "\n  " + count(most[i].first, "of ") + most[i].second;
  if (most.size() > kMostNamed)
    refusal += "\n  … of " + count(most.size() - kMostNamed, "more servers");
  throw Failure{refusal + "\nThe listing before this one is still good; --force overrides"};
}
