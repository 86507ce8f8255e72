// A template of any bytes either is refused by name and line, or renders.
#include "cli/errors.hpp"
#include "fuzz.hpp"
#include "template/template.hpp"

FUZZ(text) {
  const std::string content{text};
  TemplateRules rules;
  rules.file = [&](std::string_view file) {
    return file == "a.html" || file == "+a.html" ? &content : nullptr;
  };
  rules.folder = "sites/";
  rules.extension = ".html";
  rules.names = {"a", "b", "rows"};
  rules.long_sections = {"rows"};
  try {
    Template page{template_pieces("a.html", rules)};
    const Value values = item_of([](Item& item) {
      item.put("a", "<>");
      item.put("b", true);
      item.list("rows")->add().put("a", "&");
    });
    std::string out;
    for (std::size_t i = 0; i < page.size(); ++i) page.render(i, {&values}, out);
  } catch (const Failure& failure) {
    expect(std::string_view{failure.what()}.starts_with("sites/"));
  }
}
