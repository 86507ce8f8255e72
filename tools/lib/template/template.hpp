// A template of Mustache, ready to render. Not for two threads at once.
//
//   Template page{"index.html", rules};
//   page.render({&site, &this_page}, out);
//
// Mustache as in its manual: {{x}} (escaped), {{{x}}}, {{#x}}…{{/x}}, {{^x}}…{{/x}},
// {{a.b}}, {{> +part}}, {{! comment }}. Beyond it: {{t.NAME}} is the translation of that
// name, and a line that holds nothing but sections and comments leaves no line.
//
// Why our own and not Debian's libkainjow-mustache: every tag must be checked against
// the names that there are, with file and line, so a parser is needed anyway; and
// rendering a list as one document with the library takes 10.7 times as long and 9 times
// the memory of this one at 100,000 rows (`make bench-render` measures this one).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "template/translations.hpp"
#include "template/values.hpp"

struct TemplateRules {
  // The content of a file of the templates' folder ("+row.html"); null if there is none.
  std::function<const std::string*(std::string_view file)> file;
  // As errors name it: "sites/index.html".
  std::function<std::string(std::string_view file)> place = [](std::string_view name) {
    return std::string{name};
  };
  std::string extension;                       // of parts: ".html"
  const Translations* translations = nullptr;  // null: no {{t.x}} at all
  Names names;                                 // that a tag may ask for
};

// Values in which names are looked for: the last one first.
using Scopes = std::vector<const Values*>;

class Template {
 public:
  // Throws Failure "folder/file:line: …" for a part, translation or name that isn't
  // there, a section that isn't closed in its own file, and text that would be put in
  // without being escaped.
  Template(std::string_view file, const TemplateRules& rules);
  Template(const Template&) = delete;
  Template& operator=(const Template&) = delete;

  // Appends the rendered text.
  void render(const Scopes& scopes, std::string& out) const;

  // Its text after parts and translations are put in: two templates of one text are equal.
  const std::string& text() const { return text_; }

  // Every part of every name that it asks for: "server" and "host" of {{server.host}}.
  Names names() const;

 private:
  friend class Section;
  struct Op {
    enum Type : std::uint8_t { literal, escaped, raw, section, inverted } type;
    std::string_view text;               // the literal; what stands inside a section
    std::vector<std::string_view> path;  // "server", "host"
    std::uint32_t end = 0;               // of a section: behind its last operation
    mutable std::uint32_t hint = 0;      // where the last name of the path stood last time
  };
  void compile();
  Names names(std::uint32_t begin, std::uint32_t end) const;
  void render(std::uint32_t begin, std::uint32_t end, Scopes& scopes, std::string& out) const;
  static const Values::Value* look_up(const Op& op, const Scopes& scopes);

  std::string text_;
  std::vector<Op> ops_;
};

// The content of a section, for a function that writes its rows (Values::rows).
class Section {
 public:
  void render(const Scopes& scopes, std::string& out) const;

  Names names() const { return template_.names(begin_, end_); }
  std::string_view text() const { return template_.ops_[begin_ - 1].text; }

 private:
  friend class Template;
  Section(const Template& of, std::uint32_t begin, std::uint32_t end)
      : template_{of}, begin_{begin}, end_{end} {}
  const Template& template_;
  std::uint32_t begin_, end_;
};
