// The page of a file: source.
#pragma once

#include "checked_source.hpp"
#include "page_fetcher.hpp"

// Reads the file. If it can't be read or has more than `most` bytes, the page has an error. `now`
// is the time of day.
FetchedPage read_file_page(const CheckedSource& source, std::size_t most, UnixTime now);
