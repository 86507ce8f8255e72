// A template's text with its parts and translations put in, every tag checked.
#pragma once

#include <string>
#include <string_view>

#include "template/template.hpp"

// Throws as the constructor of Template does.
std::string assembled(std::string_view file, const TemplateRules& rules);
