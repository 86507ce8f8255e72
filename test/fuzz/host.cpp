// Host names: one form, of harmless characters, that stays what it is.
#include "url/host.hpp"

#include "fuzz.hpp"

FUZZ(text) {
  const auto host = canonical_host(text);
  if (!host) return expect(!host.reason().empty());
  expect(canonical_host(*host) && *canonical_host(*host) == *host);
  expect(host->size() <= 253);
  expect(host->find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.:[]") == host->npos);
}
