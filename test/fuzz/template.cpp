// Hostile values in a good template: none of their markup comes out, a row comes
// out the same whether it is learned or not, and what stands around a value stays.
#include "template/template.hpp"

#include "fuzz.hpp"

namespace {

constexpr char kPage[] =
    "<p title=\"{{name}}\">{{name}}{{#site}} of {{site.name}}{{/site}}</p>\n"
    "{{#rows}}\n<td>{{name}}</td>{{#tags}}<i>{{name}}</i>{{/tags}}{{^tags}}-{{/"
    "tags}}{{site.name}};\n{{/rows}}\n"
    "<hr>";

std::vector<TemplatePiece> pieces() {
  static const std::string text = kPage;
  TemplateRules rules;
  rules.file = [](std::string_view) { return &text; };
  rules.names = {"name", "site", "rows", "tags"};
  rules.long_sections = {"rows"};
  return template_pieces("page.html", rules);
}

std::string without_entities(std::string text) {
  for (const std::string_view entity : {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"})
    for (auto at = text.find(entity); at != text.npos; at = text.find(entity, at))
      text.erase(at, entity.size());
  return text;
}

bool is_escaped(const std::string& text) {
  return without_entities(text).find_first_of("&<>\"'") == text.npos;
}

// What stands between two texts that must be there.
std::string between(const std::string& text, std::string_view before, std::string_view after) {
  expect(text.starts_with(before) && text.ends_with(after) &&
         text.size() >= before.size() + after.size());
  return text.substr(before.size(), text.size() - before.size() - after.size());
}

}  // namespace

FUZZ(text) {
  static const std::vector<TemplatePiece> parts = pieces();
  Template page{parts}, fresh{parts};
  const std::string name{take_line(text)}, tag{take_line(text)}, site_name{text};
  Value site = item_of([&](Item& item) {
    if (Item* inner = item.object("site")) inner->put("name", site_name);
  });
  const Value this_page = item_of([&](Item& item) { item.put("name", name); });

  std::string out;
  page.render(0, {&site, &this_page}, out);
  if (!name.empty() && !site_name.empty()) {
    const std::string inner = between(out, "<p title=\"", "</p>\n");
    const auto middle = inner.find("\">");
    expect(middle != inner.npos && is_escaped(inner.substr(0, middle)) &&
           is_escaped(inner.substr(middle + 2)));
  }

  Item row{&page.names(1)};
  std::string first, second, direct;
  for (std::string* into : {&first, &second}) {
    row.start();
    row.put("name", name);
    Item* tags = row.list("tags");
    if (!tag.empty()) tags->add().put("name", tag);
    page.render_row(1, {&site}, row, *into);
  }
  expect(first == second);
  const Value value = row.value();
  fresh.render(1, {&site, &value}, direct);
  expect(first == direct);
  const std::string inner = between(first, "<td>", ";\n");
  expect(is_escaped(inner.substr(0, inner.find("</td>"))));
}
