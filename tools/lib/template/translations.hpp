// The texts of one site language, from a file of `name = text` lines
// (sites/README.md: Translations).
#pragma once

#include <map>
#include <string>
#include <string_view>

struct Translations {
  std::string file;  // as errors name it
  std::map<std::string, std::string, std::less<>> texts;
  // name -> "file:line". An operator's own folder may have some texts of a language, so files
  // differ.
  std::map<std::string, std::string, std::less<>> places;

  // "file:line" of that text, or the file if there is none.
  const std::string& place_of(std::string_view name) const;
  // The text of that name, or null.
  const std::string* find(std::string_view name) const;
};

// `content` is the whole file. Throws Failure "file:line: …" for a line that is
// neither empty, nor a comment, nor `name = text`, and for a name given twice.
Translations parse_translations(std::string file, std::string_view content);
