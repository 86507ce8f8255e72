// The default order of the list.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/budget.hpp"
#include "model/community.hpp"

// The greater, the further up. People count by the logarithm of their number, since it is
// their server's word, and so do staff, an answering server, a proven key and a description.
// What is for testing goes down; what no client of today can join comes last.
double score_of(const Community& community);

// Its parts, for explanations.
struct ScorePart {
  const char* why;
  double points;
};
std::vector<ScorePart> score_parts(const Community& community);

// How many of the first rows one server may have, as long as there are others.
struct RowBudget {
  std::size_t rows, most;
};
inline constexpr RowBudget kRowBudgets[] = {{100, 10}, {20, 3}};

// Moves rows of a server that has its share behind those of others; the order of rows
// stays the same otherwise. `server_of`: a number or text for the server of a row.
template <class Row, class ServerOf>
void spread_servers(std::vector<Row>& rows, ServerOf server_of) {
  for (const RowBudget& budget : kRowBudgets) {
    Budget<std::decay_t<decltype(server_of(rows.front()))>> shares{budget.most};
    std::vector<Row> first, rest;
    for (Row& row : rows)
      (first.size() < budget.rows && shares.take(server_of(row)) ? first : rest)
          .push_back(std::move(row));
    first.insert(first.end(), std::make_move_iterator(rest.begin()),
                 std::make_move_iterator(rest.end()));
    rows = std::move(first);
  }
}
