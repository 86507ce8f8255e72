#include "language/registry.hpp"

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"
#include "cli/errors.hpp"

namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(separator, at);
    parts.push_back(text.substr(at, end == text.npos ? end : end - at));
    if (end == text.npos) return parts;
    at = end + 1;
  }
}

bool all_letters(std::string_view text) { return std::all_of(text.begin(), text.end(), is_letter); }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

std::string upper(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if ('a' <= c && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}
std::string title(std::string_view text) {
  return upper(text.substr(0, 1)) + to_lower(text.substr(1));
}

}  // namespace

LanguageRegistry::LanguageRegistry(std::string_view tsv, std::string_view file) {
  std::size_t number = 0;
  for (const std::string_view line : split(tsv, '\n')) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const auto fail = [&](const std::string& why) {
      throw Failure{std::string{file} + ":" + std::to_string(number) + ": " + why};
    };
    const auto parts = split(line, '\t');
    if (parts.size() != 3) fail("expected TYPE<TAB>SUBTAG<TAB>DESCRIPTION");
    auto* into = parts[0] == "language" ? &languages_
                 : parts[0] == "script" ? &scripts_
                 : parts[0] == "region" ? &regions_
                                        : nullptr;
    if (!into) fail("the type should be language, script or region");
    if (!into->emplace(parts[1]).second) fail("\"" + std::string{parts[1]} + "\" is given twice");
  }
}

Result<std::string> LanguageRegistry::canonical(std::string_view code) const {
  const auto quoted = "\"" + std::string{code.substr(0, 40)} + "\"";
  const auto parts = split(code, '-');
  std::string out = to_lower(parts[0]);
  if (out.size() < 2 || out.size() > 3 || !all_letters(out))
    return Reason{quoted + " does not begin with a language of two or three letters"};
  if (!languages_.count(out))
    return Reason{quoted + ": there is no language " + out + " in registry.tsv"};
  std::size_t at = 1;
  if (at < parts.size() && parts[at].size() == 4 && all_letters(parts[at])) {
    const std::string script = title(parts[at++]);
    if (!scripts_.count(script))
      return Reason{quoted + ": there is no script " + script + " in registry.tsv"};
    out += "-" + script;
  }
  if (at < parts.size() && ((parts[at].size() == 2 && all_letters(parts[at])) ||
                            (parts[at].size() == 3 && all_digits(parts[at])))) {
    const std::string region = upper(parts[at++]);
    if (!regions_.count(region))
      return Reason{quoted + ": there is no region " + region + " in registry.tsv"};
    out += "-" + region;
  }
  if (at < parts.size()) return Reason{quoted + " is not language[-Script][-REGION]"};
  return out;
}

std::string_view primary_language(std::string_view code) { return code.substr(0, code.find('-')); }
