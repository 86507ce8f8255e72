// Why a text is no join link.
#pragma once

#include <string>

#include "base/word.hpp"

enum class LinkFault {
  scheme,         // neither http nor https
  user_info,      // "user@" before the host
  host,           // no host, or one that no client accepts
  port,           // not a number from 1 to 65535
  too_long,       // the base URL
  no_token,       // nothing between the host and the "?"
  path,           // more than a token there
  token,          // not 1 to 64 letters, digits, "_" and "-"
  no_key,         // no public_key parameter
  key_empty,      //
  key_length,     // hex digits, but not 64
  key_digits,     // other characters than hex digits
  key_invalid,    // no server can hold it
  account_id,     // a person's Account ID in place of the key
  two_keys,       // that differ
  unclear_start,  // the link may begin in more than one place
  unclear_end,    // the key may end in more than one place
  too_many        // past a bound on the links of a page or a source
};
constexpr auto words_of(LinkFault) {
  return words<LinkFault::too_many>("scheme", "user-info", "host", "port", "too-long", "no-token",
                                    "path", "token", "no-key", "key-empty", "key-length",
                                    "key-digits", "key-invalid", "account-id", "two-keys",
                                    "unclear-start", "unclear-end", "too-many");
}

struct LinkRefusal {
  LinkFault fault;
  std::string text;  // for people: "the key has 63 hex digits, not 64"
};
