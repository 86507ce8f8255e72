// `render --explain`.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "knowledge/knowledge.hpp"
#include "ndjson/bad_lines.hpp"

// Writes the explanation (explanation.hpp) of every Community in the listing `files` that has one
// of `names`: its identifier, an older form, or its join URL. A name that no Community has is
// reported on standard error, with the lines of people that use it.
// Returns the exit status: kFailed if there was such a name.
int explain_communities(const std::vector<std::string>& files, const BadLinePolicy& policy,
                        const std::vector<std::string>& names, const Knowledge& knowledge,
                        UnixTime now);
