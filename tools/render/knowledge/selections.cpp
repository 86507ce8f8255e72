#include "knowledge/selections.hpp"

#include <array>
#include <set>

#include "ndjson/bad_lines.hpp"
#include "record/identifier.hpp"
#include "url/join_url.hpp"

namespace {

// A selection grants trust, so it must name whole keys.
bool is_whole(std::string_view name) {
  const auto plus = name.rfind('+');
  const std::string_view key = plus == name.npos ? name : name.substr(plus + 1);
  return is_server_id(key) && key.size() == 64 &&
         (plus == name.npos || is_token(name.substr(0, plus)));
}

Selection selection_of(const Line& line) {
  JsonText memory;
  const JsonView json = line.json(memory);
  check_kind(kind_of(json), std::array{Selection::kKind});
  auto selection = from_strict_json<Selection>(json);
  if (selection.id.empty() || selection.id.size() > 64 ||
      selection.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos)
    throw BadLine{"\"id\" should be small letters, digits and hyphens"};
  for (const std::string& name : selection.include)
    if (!is_whole(name))
      throw BadLine{"\"include\" should have whole keys, or TOKEN+ and a whole key: \"" + name +
                    "\" is neither"};
  return selection;
}

}  // namespace

std::vector<Selection> read_selections(const std::string& file,
                                       std::vector<KnowledgeMistake>* mistakes) {
  std::vector<Selection> selections;
  std::set<std::string> ids;
  for_each_line({file}, {}, "render", [&](const Line& line) {
    try {
      Selection selection = selection_of(line);
      if (!ids.insert(selection.id).second)
        throw BadLine{"\"id\" " + selection.id + " is given twice"};
      selections.push_back(std::move(selection));
    } catch (const BadLine& bad) {
      if (!mistakes) throw;
      mistakes->push_back({line.place(), bad.why, "", false});
    }
  });
  return selections;
}
