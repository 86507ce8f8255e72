// A template's text with its parts and translations put in, every tag checked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "template/template.hpp"

// Throws as the constructor of Template does.
std::string assembled(std::string_view file, const TemplateRules& rules);

// The files that it is put together from: itself first, then its parts and theirs. What is missing
// is named, too.
std::vector<std::string> files_of_template(std::string_view file, const TemplateRules& rules);
