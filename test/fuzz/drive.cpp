// Between clang's fuzzer and the one of ours that is linked with it.
#include <cstdint>

#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzzers().begin()->second({reinterpret_cast<const char*>(data), size});
  return 0;
}
