// `render --check`.
#pragma once

#include <string>
#include <vector>

#include "ndjson/bad_lines.hpp"

// Reads what people know and writes each mistake, with its file and line, to standard error: lines
// that Knowledge refuses, two lines with the same member for the same thing, a language code that
// is not in names.ndjson, lines of the selections (their file may be ""). For an older identifier
// it gives the current one, from the listing; one in a line that takes something away is a mistake.
// With a listing, also writes to standard output which correct lines should be changed: those that
// match only what is gone, more than one Community, or a host whose key is known; with `verbose`
// also those that match nothing.
// Returns the exit status: kFailed if there was a mistake.
int check_knowledge(const std::vector<std::string>& knowledge_files,
                    const std::string& selections_file, const std::vector<std::string>& listing,
                    const BadLinePolicy& policy, bool verbose);

// Reads the folders of the site and writes each mistake in its languages to standard error: a code
// that no registry knows, the name of another language. Writes to standard output how many topics
// have no name in a language. Throws Failure for folders that can't make a site.
// Returns the exit status: kFailed if there was a mistake.
int check_site_languages(const std::vector<std::string>& sites,
                         const std::vector<std::string>& knowledge_files);
