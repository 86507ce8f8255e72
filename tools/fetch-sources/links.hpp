// The links of a page, for `follow`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/http_url.hpp"

// Where the links of a page lead: http: and https: URLs, absolute, each once, in the
// order of the page. Found in the href and src of HTML (<base> is heeded), in (…) and
// <…> of Markdown, and bare. Never more than `most`,
// nor more than five times as many references looked at.
std::vector<HttpUrl> links_of(std::string_view body, const HttpUrl& page, std::size_t most);
