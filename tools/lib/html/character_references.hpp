// Character references of HTML: "&#x2f;", "&#47;", "&sol;". Knows only the names of characters
// that matter in links.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

struct Reference {
  std::uint32_t code_point = 0;
  std::size_t size = 0;  // bytes it takes; 0: there is no reference
};

// The numeric reference that begins at `at`.
Reference numeric_reference(std::string_view text, std::size_t at);

// The reference whose "&" stands before `at`: "#x2f;" or "sol;".
Reference reference_body(std::string_view text, std::size_t at);

// The text with its references decoded, as UTF-8.
std::string decode_references(std::string_view text);
