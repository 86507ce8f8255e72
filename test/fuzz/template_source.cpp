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
  rules.place = [](std::string_view file) { return "sites/" + std::string{file}; };
  rules.extension = ".html";
  rules.names = {"a", "b", "rows"};
  try {
    const Template page{"a.html", rules};
    Values values;
    values.put("a", "<>");
    values.put("b", true);
    values.list("rows")->add().put("a", "&");
    std::string out;
    page.render({&values}, out);
    Values of_rows;
    of_rows.rows("rows", [&](const Section& section, std::string& into) {
      section.render({&values}, into);
    });
    page.render({&of_rows}, out);
  } catch (const Failure& failure) {
    expect(std::string_view{failure.what()}.starts_with("sites/"));
  }
}
