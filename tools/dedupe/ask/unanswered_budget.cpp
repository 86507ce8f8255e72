#include "ask/unanswered_budget.hpp"

#include <algorithm>

#include "base/budget.hpp"
#include "crypto/hash.hpp"

namespace {

// The indices in an order that differs from run to run.
std::vector<std::size_t> shuffled(const std::vector<NamedAddress>& addresses,
                                  std::string_view run) {
  std::vector<std::pair<std::string, std::size_t>> order;
  for (std::size_t i = 0; i < addresses.size(); ++i)
    order.emplace_back(sha256_hex(std::string{run} + " " + addresses[i].base_url), i);
  std::sort(order.begin(), order.end());
  std::vector<std::size_t> indices;
  for (const auto& [hash, index] : order) indices.push_back(index);
  return indices;
}

}  // namespace

std::vector<std::string> over_budget(const std::vector<NamedAddress>& addresses,
                                     std::string_view run) {
  std::vector<std::string> left_out;
  if (addresses.size() <= kMostUnansweredOfPage) return left_out;
  Budget<> of_page{kMostUnansweredOfPage}, of_source{kMostUnansweredOfSource};
  for (const std::size_t i : shuffled(addresses, run)) {
    const auto& pages = addresses[i].found_on;
    const bool is_paid = std::any_of(pages.begin(), pages.end(), [&](const FoundOn& page) {
      return of_page.has(page.url) && of_source.take(page.source) && of_page.take(page.url);
    });
    if (!is_paid) left_out.push_back(addresses[i].base_url);
  }
  std::sort(left_out.begin(), left_out.end());
  return left_out;
}
