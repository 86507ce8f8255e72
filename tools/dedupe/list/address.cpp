#include "list/address.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "store/observation.hpp"
#include "url/join_url.hpp"

namespace {

using Addresses = std::vector<const Server*>;

// Place by each rule; the smaller text is the better one.
using Rank = std::array<std::string, 9>;
struct Rule {
  std::string_view why_not, why;
};
constexpr std::array<Rule, 9> kRules{{
    {"it was found to have another key", "the others were found to have another key"},
    {"it is not on the host that the key holder names in the proof",
     "the key holder names this host in the proof"},
    {"it is not on the host that people list with this key", "people list this host with this key"},
    {"it did not answer for this key within a day before the server's last answer",
     "it answered last"},
    {"its host is known for a shorter time", "its host is known longest"},
    {"it is not https", "it is https"},
    {"it is an IP address", "it is a name"},
    {"it is known for a shorter time", "it is known longest"},
    {"its text is not the smaller one", "its text is the smallest"},
}};

std::string place(bool is_good) { return is_good ? "0" : "1"; }

// What all addresses of a server are compared with.
class Comparison {
 public:
  Comparison(const Addresses& observations, const Hosts& peoples_hosts)
      : peoples_hosts_{peoples_hosts} {
    std::pair<UnixTime, std::string> named{INT64_MIN, ""};
    for (const Server* observation : observations) {
      const UnixTime answer = seconds_of(observation->last_seen, INT64_MIN);
      last_answer_ = std::max(last_answer_, answer);
      const std::string since = observation->first_seen.value_or("~");
      auto& known = known_since_.try_emplace(host_of(*observation), since).first->second;
      known = std::min(known, since);
      // A proof without a host does not replace an earlier one: a relay can withhold the page with
      // it.
      if (std::string own = own_host(*observation); observation->key->proven_at && !own.empty())
        named = std::max(named, {answer, std::move(own)});
    }
    if (known_since_.contains(named.second)) named_host_ = named.second;
  }

  Rank rank(const Server& observation) const {
    const std::string host = host_of(observation);
    const bool answers =
        observation.last_seen && last_answer_ - seconds_of(*observation.last_seen) < kDay;
    return {place(observation.key->status != KeyStatus::refuted),
            place(host == named_host_),
            place(peoples_hosts_.contains(host)),
            place(answers),
            known_since_.at(host),
            place(observation.base_url.starts_with("https:")),
            place(!parse_base_url(observation.base_url)->is_ip_address()),
            observation.first_seen.value_or("~"),
            observation.base_url};
  }

 private:
  const Hosts& peoples_hosts_;
  UnixTime last_answer_ = INT64_MIN;
  std::string named_host_;
  std::map<std::string, std::string> known_since_;  // by host
};

// The first rule that tells the two apart.
const Rule& rule_between(const Comparison& comparison, const Server& a, const Server& b) {
  const Rank one = comparison.rank(a), other = comparison.rank(b);
  const auto differs = std::mismatch(one.begin(), one.end(), other.begin()).first - one.begin();
  return kRules.at(static_cast<std::size_t>(differs));
}

}  // namespace

std::string host_of(const Server& observation) {
  return parse_base_url(observation.base_url)->host;
}

void sort_by_address(Addresses& observations, const Hosts& peoples_hosts) {
  if (observations.size() < 2) return;
  const Comparison comparison{observations, peoples_hosts};
  std::sort(observations.begin(), observations.end(), [&](const Server* a, const Server* b) {
    return comparison.rank(*a) < comparison.rank(*b);
  });
}

std::string_view why_not(const Addresses& observations, const Server& other,
                         const Hosts& peoples_hosts) {
  return rule_between({observations, peoples_hosts}, *observations.front(), other).why_not;
}

std::string_view why_printed(const Addresses& observations, const Hosts& peoples_hosts) {
  if (observations.size() < 2) return "it is the only one";
  return rule_between({observations, peoples_hosts}, *observations[0], *observations[1]).why;
}
