// A script of assets/ as it is published.
#pragma once

#include <string>
#include <string_view>

// Without the lines that are comments or empty, and without indentation: half of what readers of
// the code need, browsers do not. One that has a text of several lines (`…`) stays as it is.
std::string published_script(std::string_view script);
