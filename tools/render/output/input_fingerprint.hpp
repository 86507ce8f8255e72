// What pages are made from, as one number. A page whose number is that of the last run,
// and that lies where that run left it, is not made again: after a change in one template
// only what it makes is.
#pragma once

#include "output/publish.hpp"

// All but templates and translations: the model of the site, what people know, what the operator
// sets, and this program itself.
std::uint64_t input_fingerprint(const SiteInputs& from);

// That, and the translations of one site language.
std::uint64_t input_fingerprint(std::uint64_t all_else, const SiteLanguage& language);

// That, and one template with its parts.
std::uint64_t input_fingerprint(std::uint64_t of_language, const Site& site,
                                const std::string& file, const SiteLanguage& language);
