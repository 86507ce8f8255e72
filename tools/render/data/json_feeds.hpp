// JSON Feed 1.1, of all Communities and of each language.
#pragma once

#include "output/output.hpp"
#include "pages/views.hpp"

void write_json_feeds(const Views& views, OutputFolder& output);
