// A fingerprint of the inputs of files. Files whose inputs have the same fingerprint as in the last
// run, and that nobody changed since, are not rebuilt. So after a change in one template only
// its pages are made.
#pragma once

#include <string>

#include "output/write_site.hpp"

// Of all inputs except templates and translations: the model of the site, what people know, the
// operator's options, and this program itself.
std::string input_fingerprint(const SiteInputs& from);

// Of those, and the translations of one site language.
std::string input_fingerprint(const std::string& all_else, const SiteLanguage& language);

// Of those, and one template with its parts.
std::string input_fingerprint(const std::string& of_language, const std::string& of_template);
std::string template_fingerprint(const Site& site, const std::string& file);
