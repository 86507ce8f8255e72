// Decides from a room's own words and from what people say about it: tags, languages, topics,
// adult or not, a test or not. languages/README.md says whose word counts.
#pragma once

#include <optional>
#include <string>

#include "knowledge/owner_text.hpp"
#include "model/said.hpp"

// The language that an owner or a tag writes so: "de", "jp", "Deutsch".
std::optional<std::string> language_of(const Knowledge& knowledge, const std::string& written);

// Sets tags, languages, topics, `adult` and `test` of a Community that has its name, token and
// description. `source_tags` are those of the page that published its link.
void judge_words(const Knowledge& knowledge, const Said& said, const OwnerText& owner,
                 const std::vector<std::string>& source_tags, Community& community);
