// Finds the {{tags}} in the text of a template.
#pragma once

#include <string>
#include <string_view>

struct TemplateTag {
  std::size_t begin = 0, end = 0;  // with its braces
  char type = ' ';                 // '#', '^', '/', '>', '!', '=', '&' (also {{{x}}}), ' '
  std::string_view name;

  bool opens() const { return type == '#' || type == '^'; }
  bool is_section() const { return opens() || type == '/'; }
};

// A text, and what errors call the file that it is from.
struct PlacedText {
  const std::string& file;
  std::string_view text;

  // Throws Failure "file:line: why".
  [[noreturn]] void fail(std::size_t position, const std::string& why) const;
};

// The next tag at or after `from`; false when there is none. Throws Failure for a tag
// that is not closed.
bool next_tag(const PlacedText& in, std::size_t from, TemplateTag& tag);

// Widens a tag that stands alone on its line to the whole line.
void take_line(std::string_view text, TemplateTag& tag);
