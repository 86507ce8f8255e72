// `render --check`.
#pragma once

#include <string>
#include <vector>

#include "ndjson/lines.hpp"

// Reads what people know and writes each mistake, with its file and line, on
// standard error: what Knowledge refuses, a member said twice of the same thing, a
// code that names.ndjson doesn't name. With a listing, writes on standard output
// which lines speak of nothing in it, or of more than one Community: no mistakes.
// Returns the exit status: kFailed if there was a mistake.
int check_knowledge(const std::vector<std::string>& knowledge_files,
                    const std::vector<std::string>& listing, const BadLinePolicy& policy);
