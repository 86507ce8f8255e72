// Join URLs and base URLs: whatever comes out is canonical.
#include "url/join_url.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto join = parse_join_url(text)) {
    const auto again = parse_join_url(join->text());
    if (!again || again->text() != join->text() || !is_token(join->token)) std::abort();
  }
  if (const auto base = parse_base_url(text)) {
    const auto again = parse_base_url(base->text());
    if (!again || !(*again == *base)) std::abort();
  }
  return 0;
}
