#include "ask/ask_budget.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/budget.hpp"
#include "crypto/hash.hpp"
#include "domain/domain.hpp"
#include "store/observation.hpp"

namespace {

// Those that answered first, the longest known before the others; then the others in an order that
// differs from run to run.
std::vector<const NamedAddress*> by_right(const std::vector<NamedAddress>& addresses,
                                          std::string_view run) {
  struct Place {
    bool never_answered;
    std::string order;
    const NamedAddress* address;
  };
  std::vector<Place> places;
  for (const NamedAddress& address : addresses) {
    const bool never = address.answered_since.empty();
    places.push_back({never,
                      never ? sha256_hex(std::string{run} + " " + address.base_url)
                            : address.answered_since + " " + address.base_url,
                      &address});
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return std::tie(a.never_answered, a.order) < std::tie(b.never_answered, b.order);
  });
  std::vector<const NamedAddress*> sorted;
  for (const Place& place : places) sorted.push_back(place.address);
  return sorted;
}

}  // namespace

std::vector<std::string> over_budget(const std::vector<NamedAddress>& addresses,
                                     std::string_view run) {
  std::vector<std::string> left_out;
  if (addresses.size() <= kMostOfDomain) return left_out;
  Budget<> of_page{kMostUnansweredOfPage}, of_source{kMostUnansweredOfSource},
      of_domain{kMostOfDomain};
  std::map<std::string, std::size_t> reserved;  // by domain
  for (const NamedAddress& address : addresses)
    if (address.answered_since.empty()) {
      std::size_t& places = reserved[domain_of_base_url(address.base_url)];
      places = std::min(places + 1, kUnansweredOfDomain);
    }
  for (const NamedAddress* address : by_right(addresses, run)) {
    const std::string domain = domain_of_base_url(address->base_url);
    const auto& pages = address->found_on;
    const bool has_answered = !address->answered_since.empty();
    const bool is_paid =
        of_domain.has(domain, has_answered ? 1 + reserved[domain] : 1) &&
        (has_answered || pages.empty() ||
         std::any_of(pages.begin(), pages.end(), [&](const FoundOn& page) {
           return of_page.has(page.url) && of_source.take(page.source) && of_page.take(page.url);
         }));
    if (is_paid)
      of_domain.take(domain);
    else
      left_out.push_back(address->base_url);
  }
  std::sort(left_out.begin(), left_out.end());
  return left_out;
}
