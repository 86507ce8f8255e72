// What `render` answers instead of rendering: --explain and --check.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "knowledge/knowledge.hpp"
#include "ndjson/lines.hpp"

// Writes the explanation (explain.hpp) of every Community in the listing `files`
// that one of `names` calls: its identifier, an older form, or its join URL. A name
// that calls none is told on standard error, with the lines of people that use it.
// Returns the exit status: kFailed if there was such a name.
int explain_communities(const std::vector<std::string>& files, const BadLinePolicy& policy,
                        const std::vector<std::string>& names, const Knowledge& knowledge,
                        UnixTime now);

// Reads what people know and writes each mistake, with its file and line, on
// standard error: what Knowledge refuses, a member said twice of the same thing, a
// code that names.ndjson doesn't name. With a listing, writes on standard output
// which lines speak of nothing in it, or of more than one Community: no mistakes.
// Returns the exit status: kFailed if there was a mistake.
int check_knowledge(const std::vector<std::string>& knowledge_files,
                    const std::vector<std::string>& listing, const BadLinePolicy& policy);
