// Limits how much one holder (a server, a source, a page) uses of a resource that all
// share: rows of a page, addresses to ask, the guard's share of loss.
//
//   Budget<> rows{3};
//   rows.take("a03c383c")  three times true, then false
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>

template <class Holder = std::string>
class Budget {
 public:
  // `limit`: the most that one holder may use.
  explicit Budget(std::size_t limit) : limit_{limit} {}

  bool has(const Holder& holder, std::size_t amount = 1) const {
    const auto at = used_.find(holder);
    return amount <= limit_ - (at == used_.end() ? 0 : at->second);
  }

  // Uses `amount` for the holder. False, and uses nothing, if that would pass the limit.
  bool take(const Holder& holder, std::size_t amount = 1) {
    if (!has(holder, amount)) return false;
    used_[holder] += amount;
    return true;
  }

 private:
  std::size_t limit_;
  std::map<Holder, std::size_t, std::less<>> used_;
};
