// Character references of HTML: "&#x2f;", "&#47;", "&sol;".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

struct Reference {
  std::uint32_t code_point = 0;
  std::size_t size = 0;  // bytes it takes; 0 when there is none
};

// The numeric reference that begins at `at`.
Reference numeric_reference(std::string_view text, std::size_t at);

// What stands behind an "&": "#x2f;" or "sol;". Of the names, those that matter in links.
Reference reference_body(std::string_view text, std::size_t at);

bool is_hex_digit(char c);
std::uint32_t hex_value(char c);
