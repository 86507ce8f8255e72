// Join URLs and base URLs: whatever comes out is canonical.
#include "url/join_url.hpp"

#include "fuzz.hpp"

FUZZ(text) {
  if (const auto join = parse_join_url(text)) {
    const auto again = parse_join_url(join->text());
    expect(again && again->text() == join->text());
    expect(is_token(join->token));
    expect(parse_public_key(join->public_key) &&
           *parse_public_key(join->public_key) == join->public_key);
  }
  if (const auto base = parse_base_url(text)) {
    const auto again = parse_base_url(base->text());
    expect(again && *again == *base);
  }
}
