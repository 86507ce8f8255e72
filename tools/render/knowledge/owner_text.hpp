// The hashtags with which owners steer how their Community is listed. They stand
// at the end of a description and nowhere else:
//
//   "Fishing in the north. #fishing #lang:fi #nsfw"
//     ->  "Fishing in the north."  and  fishing, lang:fi, nsfw
//   "We are #1 in #fishing lures"  ->  as it is, none
#pragma once

#include <string>
#include <string_view>
#include <vector>

constexpr std::size_t kMostTags = 16;    // of one Community; more are cut off
constexpr std::size_t kLongestTag = 32;  // characters

struct OwnerText {
  std::string description;             // without them, and without the space before them
  std::vector<std::string> tags;       // normalised, in the order of the text, each once
  std::vector<std::string> languages;  // of #lang:xx, as written
  bool nsfw = false, unlisted = false, test = false;
};

OwnerText read_owner_text(std::string_view description);

// Case, width and separators are one spelling: "GNU_Linux" -> "gnu-linux". Empty
// when nothing is left that can be a tag: letters, digits and inner hyphens, not
// digits alone, at most kLongestTag characters.
std::string normalised_tag(std::string_view text);
