#include "pages/plural.hpp"

namespace {

// The forms of a language (https://www.unicode.org/cldr/charts/latest/supplemental/
// language_plural_rules.html). Other languages use the forms of English.
std::size_t form_of(std::string_view language, std::int64_t n) {
  const std::int64_t tens = n % 100, ones = n % 10;
  if (language == "zh" || language == "fa") return 0;
  if (language == "fr" || language == "pt") return n > 1;
  if (language == "cs") return n == 1 ? 0 : n >= 2 && n <= 4 ? 1 : 2;
  if (language == "ru") {
    if (ones == 1 && tens != 11) return 0;
    return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? 1 : 2;
  }
  if (language == "ar") {
    if (n <= 2) return static_cast<std::size_t>(n);
    return tens >= 3 && tens <= 10 ? 3 : tens >= 11 ? 4 : 5;
  }
  return n != 1;
}

}  // namespace

std::string counted(std::string_view forms, std::string_view language, std::int64_t count,
                    std::string_view number) {
  for (std::size_t form = form_of(language, count); form > 0; --form) {
    const auto bar = forms.find('|');
    if (bar == forms.npos) break;
    forms.remove_prefix(bar + 1);
  }
  std::string text;
  for (const char c : forms.substr(0, forms.find('|')))
    if (c == '#')
      text += number;
    else
      text += c;
  return text;
}
