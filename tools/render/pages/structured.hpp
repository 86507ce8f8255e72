// Structured data for search engines: JSON-LD, safe inside a <script> element.
#pragma once

#include <string>
#include <string_view>

#include "pages/views.hpp"

std::string structured_website(const Views& views);
std::string structured_dataset(const Views& views);
std::string structured_breadcrumbs(const Views& views, std::string_view community_name,
                                   const std::string& path);
