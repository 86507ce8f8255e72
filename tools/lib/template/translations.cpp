#include "template/translations.hpp"

#include <utility>

#include "cli/errors.hpp"

namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

bool is_name(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

}  // namespace

const std::string* Translations::find(std::string_view name) const {
  const auto found = texts.find(name);
  return found == texts.end() ? nullptr : &found->second;
}

const std::string& Translations::place_of(std::string_view name) const {
  const auto found = places.find(name);
  return found == places.end() ? file : found->second;
}

Translations parse_translations(std::string file, std::string_view content) {
  Translations translations{std::move(file), {}, {}};
  for (std::size_t number = 1; !content.empty(); ++number) {
    const auto end = content.find('\n');
    const std::string_view line = trimmed(content.substr(0, end));
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    const std::string place = translations.file + ":" + std::to_string(number);
    const auto equals = line.find('=');
    const std::string_view name = trimmed(line.substr(0, equals));
    if (equals == std::string_view::npos || !is_name(name))
      throw Failure{place + ": expected: name = text (a name has small letters, digits and _)"};
    if (!translations.texts.emplace(name, trimmed(line.substr(equals + 1))).second)
      throw Failure{place + ": \"" + std::string{name} + "\" is given twice"};
    translations.places.emplace(name, place);
  }
  return translations;
}
