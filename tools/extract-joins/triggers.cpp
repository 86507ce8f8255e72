#include "triggers.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#include "html/character_references.hpp"

namespace {

bool is_trigger(std::string_view text, std::size_t at) {
  const std::string_view here = text.substr(at);
  if (here.starts_with("public") || here.starts_with("_key")) return true;
  const std::uint32_t letter = numeric_reference(text, at).code_point;
  return letter > ' ' && letter < 0x7f &&
         std::string_view{"public"}.find(static_cast<char>(letter)) != std::string_view::npos;
}

// For a word in which each byte is 0xff or 0: the index of the first 0xff byte in memory, and the
// word with that byte cleared.
constexpr bool kIsLittle = std::endian::native == std::endian::little;
std::size_t first_byte(std::uint64_t word) {
  return static_cast<std::size_t>(kIsLittle ? std::countr_zero(word) : std::countl_zero(word)) / 8;
}
std::uint64_t without_first(std::uint64_t word) {
  const std::size_t place = first_byte(word);
  return word & ~(std::uint64_t{0xff} << 8 * (kIsLittle ? place : 7 - place));
}

template <std::size_t Width>
struct Bytes {
  typedef unsigned char Block __attribute__((vector_size(Width)));
};

// Sets ones where "pu...c", "_k" or "&#" stands. Reads Width + 5 bytes.
template <std::size_t Width>
[[gnu::always_inline]] inline void find_hits(const char* text, typename Bytes<Width>::Block& hits) {
  typename Bytes<Width>::Block zero, one, five;
  std::memcpy(&zero, text, Width);
  std::memcpy(&one, text + 1, Width);
  std::memcpy(&five, text + 5, Width);
  hits = (typename Bytes<Width>::Block)(((zero == 'p') & (one == 'u') & (five == 'c')) |
                                        ((zero == '_') & (one == 'k')) |
                                        ((zero == '&') & (one == '#')));
}

// Compares 2 * Width bytes at once.
template <std::size_t Width>
[[gnu::always_inline]] inline std::size_t search(std::string_view text, std::size_t from) {
  std::size_t at = from;
  for (; at + 2 * Width + 5 <= text.size(); at += 2 * Width) {
    typename Bytes<Width>::Block hits[2];
    find_hits<Width>(text.data() + at, hits[0]);
    find_hits<Width>(text.data() + at + Width, hits[1]);
    const typename Bytes<Width>::Block either = hits[0] | hits[1];
    std::uint64_t words[Width / 4], any = 0;
    std::memcpy(words, &either, Width);
    for (std::size_t w = 0; w < Width / 8; ++w) any |= words[w];
    if (any == 0) continue;
    std::memcpy(words, hits, 2 * Width);
    for (std::size_t w = 0; w < Width / 4; ++w)
      for (std::uint64_t word = words[w]; word != 0; word = without_first(word))
        if (const std::size_t place = at + 8 * w + first_byte(word); is_trigger(text, place))
          return place;
  }
  for (; at < text.size(); ++at)
    if ((text[at] == 'p' || text[at] == '_' || text[at] == '&') && is_trigger(text, at)) return at;
  return text.size();
}

// Every x86-64 has SSE2 and every AArch64 has NEON. AVX2, if the processor has it, is twice as
// fast.
std::size_t search_narrow(std::string_view text, std::size_t from) {
  return search<16>(text, from);
}
#ifdef __x86_64__
[[gnu::target("avx2")]] std::size_t search_wide(std::string_view text, std::size_t from) {
  return search<32>(text, from);
}
const auto search_best = __builtin_cpu_supports("avx2") ? search_wide : search_narrow;
#else
const auto search_best = search_narrow;
#endif

}  // namespace

std::size_t next_trigger(std::string_view text, std::size_t from) {
  return search_best(text, from);
}
