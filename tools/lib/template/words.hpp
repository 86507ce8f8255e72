// The labels of one site language, from a file of `name = text` lines
// (sites/README.md: Words).
#pragma once

#include <map>
#include <string>
#include <string_view>

struct Words {
  std::string file;  // as it is named in errors
  std::map<std::string, std::string, std::less<>> texts;

  // The text of that name, or null.
  const std::string* find(std::string_view name) const;
};

// `content` is the whole file. Throws Failure "file:line: …" for a line that is
// neither empty, nor a comment, nor `name = text`, and for a name given twice.
Words parse_words(std::string file, std::string_view content);
