// The key behind "public_key=", in each form that a client accepts or that people paste:
//
//   64 hex digits                    text may follow without a space; it is not part of the key
//   43 or 44 characters of base64    as libsession reads them; only before a delimiter
//   52 characters of base32z         the same
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "decoded_text.hpp"
#include "url/link_refusal.hpp"

struct KeyReading {
  std::string text;                    // 64 hex digits; else what stands there instead of a key
  std::size_t end = 0;                 // the first character that is not part of it
  bool is_key = false;                 // `text` has 64 hex digits
  bool meets_markup = false;           // a tag ends it too early
  std::optional<LinkRefusal> refusal;  // if the text around the key is the reason
};

// The key at chars[first], the first character behind the "=".
KeyReading read_key(const std::vector<DecodedChar>& chars, std::size_t first);

// Whether this is a "<" or ">" of the page's own markup.
bool is_markup(const DecodedChar& c);
