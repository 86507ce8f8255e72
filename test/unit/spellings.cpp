// usage: spellings TABLE
// Every spelling of the table becomes what stands beside it.
#include <cstdio>
#include <fstream>
#include <string>

#include "../../tools/extract-joins/page_links.hpp"
#include "html/readable_text.hpp"
#include "text/characters.hpp"

namespace {

const std::string kKey = "a03c383cf63c3c4efe67acc52112a6dd734b3a946b9545f488aaa93da7991238";

// {KEY}, {KEY:1-20}, {U+00AD} and {NL} of the table.
std::string filled(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('}', at);
    const std::string word{text.substr(at, end - at)};
    unsigned first = 0, last = 0;
    if (word == "{KEY") {
      out += kKey;
    } else if (word == "{NL") {
      out += '\n';
    } else if (std::sscanf(word.c_str(), "{KEY:%u-%u", &first, &last) == 2) {
      out += kKey.substr(first - 1, last - first + 1);
    } else if (std::sscanf(word.c_str(), "{U+%x", &first) == 1) {
      append_utf8(out, first);
    } else {
      out += text[at++];
      continue;
    }
    at = end + 1;
  }
  return out;
}

// As the program reads a page of HTML.
std::string found_in(const std::string& html) {
  PageLinks links;
  LinkScanner scanner{
      [&](std::string_view text, const LinkMatch& match) { links.add(text, match); }};
  scanner.scan(html, true);
  if (links.meets_markup())
    if (const auto text = readable_text(html)) {
      LinkScanner parsed{
          [&](std::string_view part, const LinkMatch& match) { links.add_parsed(part, match); }};
      parsed.scan(*text, true);
    }
  std::string found;
  for (const auto& miss : links.misses())
    found += (found.empty() ? "refused: " : "; refused: ") + miss.refusal.text;
  for (const auto& link : links.links())
    found += (found.empty() ? "" : links.misses().empty() ? " " : "; ") + link.text;
  return found.empty() ? "nothing" : found;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream table{argv[1]};
  int rows = 0, wrong = 0, number = 0;
  for (std::string line; std::getline(table, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const auto tab = line.find('\t');
    const std::string expected = filled(line.substr(tab + 1));
    const std::string found = found_in(filled(line.substr(0, tab)));
    ++rows;
    if (found == expected) continue;
    ++wrong;
    std::printf("line %d: %s\n  expected %s\n  found    %s\n", number, line.substr(0, tab).c_str(),
                expected.c_str(), found.c_str());
  }
  return rows < 370 || wrong > 0;
}
