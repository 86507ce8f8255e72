// What holds for any bytes of a stranger. A fuzzer is a file that says it:
//
//   FUZZ(text) { expect(clean(clean(text)) == clean(text)); }
//
// clang's fuzzer looks for bytes for which it does not (`make fuzz`); what was found
// once, and the seeds, are tried again by every `make test` (replay.cpp).
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "text/clean.hpp"

using Fuzzer = void (*)(std::string_view text);

inline std::map<std::string, Fuzzer>& fuzzers() {
  static std::map<std::string, Fuzzer> known;  // by name: "clean" of test/fuzz/clean.cpp
  return known;
}

#define FUZZ(text)                                                                     \
  static void fuzz(std::string_view text);                                             \
  [[maybe_unused]] static const bool is_known =                                        \
      fuzzers().emplace(std::filesystem::path{__FILE__}.stem().string(), fuzz).second; \
  static void fuzz([[maybe_unused]] std::string_view text)

#define expect(claim)                                                                         \
  ((claim) ? void()                                                                           \
           : (std::fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #claim), \
              std::abort()))

// The text up to the first line end, which is cut off from `text`.
inline std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}
inline std::size_t take_byte(std::string_view& text) {
  if (text.empty()) return 0;
  const auto first = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);
  return first;
}

inline bool is_utf8(std::string_view text) { return mend_utf8(text) == text; }
