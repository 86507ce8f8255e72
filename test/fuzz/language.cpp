// Language codes have one form that stays what it is; what is said of a room lies in its texts
// and in the word lists. The first line is a name, the rest a description.
#include <algorithm>

#include "classify/adult.hpp"
#include "classify/languages.hpp"
#include "classify/topics.hpp"
#include "fuzz.hpp"
#include "language/registry.hpp"

static LexiconEntry entry(std::string_view list, std::string id, std::vector<std::string> words,
                          std::vector<std::string> weak = {"the*", "*an*"}) {
  LexiconEntry made;
  made.list = *parse_word<LexiconList>(list);
  made.id = std::move(id);
  made.words = std::move(words);
  made.weak = std::move(weak);
  return made;
}

FUZZ(text) {
  static const LanguageRegistry registry{
      "language\tpt\tPortuguese\nlanguage\tzh\tChinese\nlanguage\tczo\tx\n"
      "script\tHant\tx\nregion\tBR\tx\nregion\t419\tx\n",
      "registry"};
  static const Lexicon lexicon = [] {
    Lexicon made;
    made.add(entry("language", "pt", {"Português", "🇵🇹"}));
    made.add(entry("language", "zh", {"中文"}, {}));
    made.add(entry("adult", "porn", {"*porn*", "18+", "色情"}));
    made.add(entry("beside-adult", "companions", {"chat"}));
    made.add(entry("denial", "not", {"no"}));
    made.add(entry("denial", "after", {"禁止"}, {}));
    made.add(entry("denial", "but", {"but"}, {}));
    made.add(entry("topic", "linux", {"linux", "c++"}));
    made.add(entry("grammar", "en", {"and", "of"}));
    return made;
  }();
  const std::string_view name = take_line(text);
  if (const auto code = registry.canonical(name)) {
    expect(registry.canonical(*code) && *registry.canonical(*code) == *code);
    expect(primary_language(*code).size() >= 2);
  }
  const std::string mended_name = clean_text(name, 100, Lines::one).text;
  const std::string mended = clean_text(text, 1000, Lines::many).text;
  const RoomText room{"token", mended_name, mended, {mended_name}};
  const RoomReading reading = read_room(lexicon, room);
  for (const auto& [place, tag, read] : reading) {
    expect(is_utf8(read.tokens.text));
    for (const Match& match : read.matches)
      expect(match.begin < match.end && match.end < read.tokens.text.size() && match.begin > 0);
    for (const Token& token : read.tokens.tokens)
      expect(token.begin < token.end && token.from < token.to &&
             token.to <= std::max(mended.size(), mended_name.size() + sizeof "token"));
  }
  for (const LanguageGuess& guess : guess_languages(room, reading))
    expect(guess.code.size() >= 2 && guess.code.find_first_of("<>&\"' ") == guess.code.npos);
  for (const bool is_adult : {false, true}) expect(guess_topics(reading, is_adult).size() <= 3);
  expect(is_utf8(judge_adult(reading).word));
}
