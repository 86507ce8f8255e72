// A cell of CSV: read back it is the text, unless a spreadsheet would have taken it for a formula.
#include "data/community_json.hpp"
#include "fuzz.hpp"

FUZZ(text) {
  std::string cell = csv_cell(text);
  if (cell.starts_with('"')) {
    expect(cell.size() >= 2 && cell.ends_with('"'));
    cell = cell.substr(1, cell.size() - 2);
    for (auto at = cell.find('"'); at != cell.npos; at = cell.find('"', at + 1)) {
      expect(cell.substr(at, 2) == "\"\"");
      cell.erase(at, 1);
    }
  } else {
    expect(cell.find_first_of("\",\r\n") == cell.npos);
  }
  expect(cell == text || cell == "'" + std::string{text});
  expect(cell.empty() || std::string_view{"=+-@"}.find(cell[0]) == std::string_view::npos);
}
