// The hashtags with which owners steer how their Community is listed. Tags stand at the end of a
// description; brackets, signs and emoji may stand around them, and "Tags:" before them. Three
// words count anywhere: #unlisted, #nsfw and #test.
//
//   "Fishing in the north. Tags: #fishing #lang:fi (#nsfw) 🎣"
//     ->  "Fishing in the north."  and  fishing, lang:fi, nsfw
//   "We are #1 in #fishing lures"  ->  as it is, none
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

constexpr std::size_t kMostTags = 16;    // of one Community; more are cut off
constexpr std::size_t kLongestTag = 32;  // characters

struct OwnerText {
  std::string description;             // without them, and without the space before them
  std::vector<std::string> tags;       // normalised, in the order of the text, each once
  std::vector<std::string> languages;  // of "#lang:de, fr" or "#language: de", as written, folded
  bool nsfw = false, unlisted = false, test = false;
};

// Whether a folded text names a language: that of "#lang-de" does, that of "#lang-club" does not.
using IsLanguage = std::function<bool(const std::string&)>;

// What stands before tags and languages, folded: "tags", "lang". Of the list `label`.
struct OwnerLabels {
  std::vector<std::string> tags, languages;
};

// Of the name, only #nsfw, #test and #unlisted are read.
OwnerText read_owner_text(std::string_view name, std::string_view description,
                          const OwnerLabels& labels, const IsLanguage& is_language);

// Makes spellings with other case, width or separators equal: "GNU_Linux" -> "gnu-linux". A tag has
// letters, digits and inner hyphens, not only digits, and at most kLongestTag characters; "" if the
// text is not one.
std::string normalised_tag(std::string_view text);

// Equal for two spellings of one tag: without accents, hyphens and the ending of a plural.
// "Música" and "musicas" have one key, and so have "city" and "cities"; "news", "bus" and "tennis"
// keep their s.
std::string tag_key(std::string_view text);
