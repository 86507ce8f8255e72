// Language codes as BCP 47 (RFC 5646) writes them, checked against the subset of
// the IANA Language Subtag Registry in languages/registry.tsv.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "base/result.hpp"

class LanguageRegistry {
 public:
  LanguageRegistry() = default;  // knows nothing
  // `tsv`: a line is TYPE<TAB>SUBTAG<TAB>DESCRIPTION, where TYPE is language,
  // script or region; a line that begins with `#` is a comment. Throws Failure
  // with `file` and line number for any other line, and for a repeated one.
  LanguageRegistry(std::string_view tsv, std::string_view file);

  // language[-Script][-REGION] in the usual case, every part known to the registry:
  //   "PT-br" -> "pt-BR"     "zh-hant-hk" -> "zh-Hant-HK"     "xx" -> a reason
  Result<std::string> canonical(std::string_view code) const;

 private:
  std::unordered_set<std::string> languages_, scripts_, regions_;
};

// "pt" of "pt-BR".
std::string_view primary_language(std::string_view code);
