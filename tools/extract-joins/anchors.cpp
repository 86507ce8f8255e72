#include "anchors.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#include "cells.hpp"

namespace {

// 32 bytes compared at once: two steps of SSE2 or NEON, one of AVX2.
using Block = unsigned char __attribute__((vector_size(32)));

// Unaligned; a reference, because how vectors are returned depends on the flags.
void load(Block& block, const char* from) { std::memcpy(&block, from, sizeof block); }

bool is_anchor(std::string_view text, std::size_t at) {
  const std::string_view here = text.substr(at);
  if (here.starts_with("public") || here.starts_with("_key")) return true;
  const std::uint32_t letter = numeric_reference(text, at).code_point;
  return letter > ' ' && letter < 0x7f &&
         std::string_view{"public"}.find(static_cast<char>(letter)) != std::string_view::npos;
}

}  // namespace

std::size_t next_anchor(std::string_view text, std::size_t from) {
  constexpr std::size_t kReach = sizeof(Block) + 5;
  std::size_t at = from;
  for (; at + kReach <= text.size(); at += sizeof(Block)) {
    const char* here = text.data() + at;
    Block zero, one, five;
    load(zero, here);
    load(one, here + 1);
    load(five, here + 5);
    const auto hits = ((zero == 'p') & (five == 'c')) | ((zero == '_') & (one == 'k')) |
                      ((zero == '&') & (one == '#'));
    std::uint64_t words[4];
    std::memcpy(words, &hits, sizeof words);
    if ((words[0] | words[1] | words[2] | words[3]) == 0) continue;
    for (std::size_t i = 0; i < sizeof(Block); ++i)
      if (hits[i] && is_anchor(text, at + i)) return at + i;
  }
  for (; at < text.size(); ++at)
    if ((text[at] == 'p' || text[at] == '_' || text[at] == '&') && is_anchor(text, at)) return at;
  return text.size();
}
