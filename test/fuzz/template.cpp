// Hostile values in a good template: none of their markup comes out, a row comes out the
// same from used memory as from new, and what stands around a value stays.
#include "template/template.hpp"

#include "fuzz.hpp"

namespace {

const std::string kPage =
    "<p title=\"{{name}}\">{{name}}{{#site}} of {{site.name}}{{/site}}</p>\n"
    "{{#rows}}\n<td>{{name}}</td>{{#tags}}<i>{{name}}</i>{{/tags}}{{^tags}}-{{/tags}}"
    "{{site.name}};\n{{/rows}}\n"
    "<hr>";

TemplateRules rules() {
  TemplateRules rules;
  rules.file = [](std::string_view) { return &kPage; };
  rules.names = {"name", "site", "rows", "tags"};
  return rules;
}

std::string without_references(std::string text) {
  for (const std::string_view reference : {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"})
    for (auto at = text.find(reference); at != text.npos; at = text.find(reference, at))
      text.erase(at, reference.size());
  return text;
}

bool is_escaped(const std::string& text) {
  return without_references(text).find_first_of("&<>\"'") == text.npos;
}

// What stands between two texts that must be there.
std::string between(const std::string& text, std::string_view before, std::string_view after) {
  expect(text.starts_with(before) && text.ends_with(after) &&
         text.size() >= before.size() + after.size());
  return text.substr(before.size(), text.size() - before.size() - after.size());
}

}  // namespace

FUZZ(text) {
  static const Template page{"page.html", rules()};
  const std::string name{take_line(text)}, tag{take_line(text)}, site_name{text};
  Values site;
  site.object("site")->put("name", site_name);

  std::string rows[2];
  Values used;
  const auto fill = [&](Values& row) {
    row.start();
    row.put("name", name);
    Values* tags = row.list("tags");
    if (!tag.empty()) tags->add().put("name", tag);
  };
  Values this_page;
  this_page.put("name", name);
  this_page.rows("rows", [&](const Section& section, std::string& out) {
    for (std::string& into : rows) {
      fill(used);
      section.render({&site, &used}, into);
    }
    Values fresh;
    fill(fresh);
    section.render({&site, &fresh}, out);
    expect(rows[0] == out.substr(out.size() - rows[0].size()) && rows[0] == rows[1]);
  });
  std::string out;
  page.render({&site, &this_page}, out);
  const std::string head = between(out, "<p title=\"", rows[0] + "<hr>");
  if (!name.empty() && !site_name.empty()) {
    const std::string inner = between(head, "", "</p>\n");
    const auto middle = inner.find("\">");
    expect(middle != inner.npos && is_escaped(inner.substr(0, middle)) &&
           is_escaped(inner.substr(middle + 2)));
  }
  const std::string inner = between(rows[0], "<td>", ";\n");
  expect(is_escaped(inner.substr(0, inner.find("</td>"))));
}
