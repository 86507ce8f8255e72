// The default order of the list.
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "base/budget.hpp"
#include "model/community.hpp"
#include "model/holders.hpp"

// The higher the score, the higher in the list. People and activity count by the logarithm of their
// number, because servers can lie about it; activity only up to a bound. Staff, an answering
// server, a proven key and a description add to it. Rooms for tests go down; rooms that no current
// client can join come last.
double score_of(const Community& community);

// Its parts, for explanations.
struct ScorePart {
  const char* why;
  double points;
};
std::vector<ScorePart> score_parts(const Community& community);

// Announcement channels, in which nobody may write, come after the rooms; of those that people
// vouch for (official, pinned), so many may stay where they are.
inline constexpr std::size_t kChannelsAtTop = 3;

// Moves channels behind the other rows and returns the number of those; otherwise keeps the order.
template <class Row, class IsChannel, class IsVouchedFor>
std::size_t channels_last(std::span<Row> rows, IsChannel is_channel, IsVouchedFor is_vouched_for) {
  std::vector<Row> first, channels;
  std::size_t at_top = 0;
  for (Row& row : rows) {
    const bool is_last = is_channel(row) && !(is_vouched_for(row) && at_top++ < kChannelsAtTop);
    (is_last ? channels : first).push_back(std::move(row));
  }
  std::move(channels.begin(), channels.end(), std::move(first.begin(), first.end(), rows.begin()));
  return first.size();
}

// How many of the first rows one holder may have, as long as there are others: a server; a domain,
// since a key costs nothing; all domains together that are known for a short time.
inline constexpr UnixTime kNewcomerFor = 28 * kDay;
struct RowBudget {
  std::size_t rows, most;
};
inline constexpr RowBudget kRowBudgets[] = {{20'000, 2000}, {1000, 100}, {100, 10}, {20, 3}};

// Moves the rows of a holder above its budget behind those of others; otherwise keeps the order.
// `holder_of`: a number or text for the holder of a row.
template <class Row, class HolderOf>
void spread(std::span<Row> rows, HolderOf holder_of) {
  for (const RowBudget& budget : kRowBudgets) {
    Budget<std::decay_t<decltype(holder_of(rows.front()))>> shares{budget.most};
    std::vector<Row> first, rest;
    for (Row& row : rows)
      (first.size() < budget.rows && shares.take(holder_of(row)) ? first : rest)
          .push_back(std::move(row));
    std::move(rest.begin(), rest.end(), std::move(first.begin(), first.end(), rows.begin()));
  }
}
