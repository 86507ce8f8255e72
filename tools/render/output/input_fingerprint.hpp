// What files are made from, as one text. Files whose inputs have the fingerprint of the last run,
// and that lie where that run left them, are not made again: after a change in one template
// only what it makes is.
#pragma once

#include <string>

#include "output/write_site.hpp"

// All but templates and translations: the model of the site, what people know, what the operator
// sets, and this program itself.
std::string input_fingerprint(const SiteInputs& from);

// That, and the translations of one site language.
std::string input_fingerprint(const std::string& all_else, const SiteLanguage& language);

// That, and one template with its parts.
std::string input_fingerprint(const std::string& of_language, const Site& site,
                              const std::string& file, const SiteLanguage& language);
