// `render --check`.
#pragma once

#include <string>
#include <vector>

#include "ndjson/bad_lines.hpp"

// Reads what people know and writes each mistake, with its file and line, to standard error:
// what Knowledge refuses, a member said twice of the same thing, a code that names.ndjson
// doesn't name. Where a mistake is an older identifier, the listing gives the one to write.
// With a listing, writes to standard output which lines should be changed though they are no
// mistakes: those that match only what is gone, more than one Community, or a host whose key
// is known. With `verbose` also those that match nothing.
// Returns the exit status: kFailed if there was a mistake.
int check_knowledge(const std::vector<std::string>& knowledge_files,
                    const std::vector<std::string>& listing, const BadLinePolicy& policy,
                    bool verbose);
