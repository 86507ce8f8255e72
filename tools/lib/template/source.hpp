// Templates before the engine sees them: parts and words are put in, every tag
// is checked, and sections that may be long are cut out, so that each of their
// rows can be rendered alone (rendering a whole list at once costs memory and
// time that grow faster than the list).
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "template/words.hpp"

// A stretch of a template: plain, or the inside of a long section.
struct TemplatePiece {
  std::string section;  // its name; "" for plain text
  std::string text;
};

struct TemplateRules {
  // The content of a file of the templates' folder ("+row.html"), or nothing: null.
  std::function<const std::string*(std::string_view file)> file;
  std::string folder;                        // as it is named in errors: "sites/"
  std::string extension;                     // of parts: ".html"
  const Words* words = nullptr;              // null: no {{words.x}} at all
  std::set<std::string, std::less<>> names;  // that a tag may ask for
  std::set<std::string, std::less<>> long_sections;
};

// The pieces of that file. Throws Failure "folder/file:line: …" for a part, word
// or name that isn't there, a section that isn't closed in its own file, text
// that would be put in without being escaped, and a long section inside another.
std::vector<TemplatePiece> template_pieces(std::string_view file, const TemplateRules& rules);

// Every part of every name that is asked for in a text: "server" and "host" of
// {{server.host}}.
std::set<std::string, std::less<>> names_in(std::string_view text);
