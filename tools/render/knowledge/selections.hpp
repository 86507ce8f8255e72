// The selections of the site (sites/selections.ndjson).
#pragma once

#include <string>
#include <vector>

#include "knowledge/knowledge.hpp"
#include "record/selection.hpp"

// Reads them. With `mistakes`, adds each line that can't be used to them; without, throws Failure
// naming file and line at the first one.
std::vector<Selection> read_selections(const std::string& file,
                                       std::vector<KnowledgeMistake>* mistakes = nullptr);
