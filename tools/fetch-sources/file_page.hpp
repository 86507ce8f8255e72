// The page of a file: source.
#pragma once

#include "checked_source.hpp"
#include "page_fetcher.hpp"

// Reads the file; more than `most` bytes are an error of the page, like everything that goes
// wrong. `now` is the time of day.
FetchedPage read_file_page(const CheckedSource& source, std::size_t most, UnixTime now);
