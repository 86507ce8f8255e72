// The pages that servers show to people: tokens and join links in their one form,
// and no more of them than there may be.
#include "fuzz.hpp"
#include "sogs/pages.hpp"
#include "sogs/rooms.hpp"

FUZZ(text) {
  const auto tokens = tokens_on_index(text);
  expect(tokens.size() <= kMostRooms);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    expect(is_token(tokens[i]));
    expect(i == 0 || tokens[i - 1] < tokens[i]);
  }
  const auto joins = joins_on_preview(text);
  expect(joins.size() <= 20);
  for (const JoinUrl& join : joins)
    expect(parse_join_url(join.text()) && parse_join_url(join.text())->text() == join.text());
}
