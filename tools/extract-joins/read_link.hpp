// Reads a link in decoded text: goes back from "public_key=" to the start of the link, and on to
// the end of its key.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "decoded_text.hpp"
#include "url/join_url.hpp"

struct LinkReading {
  std::optional<JoinUrl> url;
  std::optional<LinkRefusal> refusal;  // why there is no url
  std::optional<BaseUrl> base;         // of a refused link, if its host is clear
  std::size_t first = 0;               // its characters: [first, last)
  std::size_t last = 0;
  unsigned encodings = 0;      // in them
  bool is_link_like = false;   // something before "?public_key=" looks like a link
  bool meets_markup = false;   // a tag ends it too early
  bool reaches_start = false;  // it reaches the first character, and may begin before that
  bool has_whole_key = false;  // another link may begin right behind it
};

// The number of characters of "public_key=" or "public_key =" at chars[i]; 0 for other text.
std::size_t size_of_name(const std::vector<DecodedChar>& chars, std::size_t i);

// The link around "public_key=" at chars[i]. `follows_text`: letters or digits that belong to no
// link stand right before chars[0].
//
// A link that line ends break is joined only if there is no doubt. If the start of a link is not
// clear, it is refused.
LinkReading read_link(const std::vector<DecodedChar>& chars, std::size_t i, bool follows_text);
