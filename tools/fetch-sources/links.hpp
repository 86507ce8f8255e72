// The links of a page, for `follow`.
#pragma once

#include <string_view>
#include <vector>

#include "http/http_url.hpp"

// The http: and https: URLs that a page links to: absolute, each once, in the order of the
// page. They are found in the href and src of HTML (relative to its <base>), in (…) and <…> of
// Markdown, and as plain text. At most `most` are returned; at most five times as many references
// are read.
std::vector<HttpUrl> links_of(std::string_view body, const HttpUrl& page, std::size_t most);
