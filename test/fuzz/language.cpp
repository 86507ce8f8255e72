// Language codes have one form that stays what it is; guesses are codes that were
// given. The first line is a name, the rest a description.
#include "fuzz.hpp"
#include "language/detect.hpp"
#include "language/registry.hpp"

FUZZ(text) {
  static const LanguageRegistry registry{
      "language\tpt\tPortuguese\nlanguage\tzh\tChinese\nlanguage\tczo\tx\n"
      "script\tHant\tx\nregion\tBR\tx\nregion\t419\tx\n",
      "registry"};
  static const LanguageDetector detector = [] {
    LanguageDetector made;
    made.add_name("Português", "pt");
    made.add_name("中文", "zh");
    return made;
  }();
  const std::string_view name = take_line(text);
  if (const auto code = registry.canonical(name)) {
    expect(registry.canonical(*code) && *registry.canonical(*code) == *code);
    expect(primary_language(*code).size() >= 2);
  }
  const std::string mended_name = clean_text(name, 100, Lines::one).text;
  const std::string mended = clean_text(text, 1000, Lines::many).text;
  for (const LanguageGuess& guess : detector.guess(mended_name, mended, {}))
    expect(guess.code.size() >= 2 && guess.code.find_first_of("<>&\"' ") == guess.code.npos);
}
