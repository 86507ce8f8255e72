#include "template/tag.hpp"

#include <algorithm>

#include "cli/errors.hpp"

namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

void PlacedText::fail(std::size_t position, const std::string& why) const {
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(position), '\n');
  throw Failure{file + ":" + std::to_string(line) + ": " + why};
}

bool next_tag(const PlacedText& in, std::size_t from, TemplateTag& tag) {
  const std::string_view text = in.text;
  tag.begin = text.find("{{", from);
  if (tag.begin == std::string_view::npos) return false;
  const bool triple = text.substr(tag.begin, 3) == "{{{";
  const std::string_view close = triple ? "}}}" : "}}";
  const std::size_t inside = tag.begin + close.size();
  const auto end = text.find(close, inside);
  if (end == std::string_view::npos) in.fail(tag.begin, "this tag is not closed");
  tag.end = end + close.size();
  tag.name = trimmed(text.substr(inside, end - inside));
  tag.type = ' ';
  if (triple) {
    tag.type = '&';
  } else if (!tag.name.empty() &&
             std::string_view{"#^/>!&="}.find(tag.name[0]) != std::string::npos) {
    tag.type = tag.name[0];
    tag.name = trimmed(tag.name.substr(1));
  }
  return true;
}

void take_line(std::string_view text, TemplateTag& tag) {
  std::size_t begin = tag.begin, end = tag.end;
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
  if ((begin == 0 || text[begin - 1] == '\n') && (end == text.size() || text[end] == '\n')) {
    tag.begin = begin;
    tag.end = std::min(end + 1, text.size());
  }
}
