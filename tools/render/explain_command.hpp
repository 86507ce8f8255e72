// `render --explain`.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "knowledge/knowledge.hpp"
#include "ndjson/bad_lines.hpp"

// Writes the explanation (explanation.hpp) of every Community in the listing `files`
// that one of `names` calls: its identifier, an older form, or its join URL. A name
// that calls none is told on standard error, with the lines of people that use it.
// Returns the exit status: kFailed if there was such a name.
int explain_communities(const std::vector<std::string>& files, const BadLinePolicy& policy,
                        const std::vector<std::string>& names, const Knowledge& knowledge,
                        UnixTime now);
