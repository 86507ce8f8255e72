// gzip from strangers: it is unpacked within the bound, or refused with a reason.
#include "fuzz.hpp"
#include "gzip/gunzip.hpp"

FUZZ(text) {
  constexpr std::size_t kMost = 1000;
  const auto unpacked = gunzip(text, kMost);
  expect(unpacked ? unpacked->size() <= kMost : !unpacked.reason().empty());
}
