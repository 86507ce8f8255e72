#include "classify/languages.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "language/detect.hpp"
#include "language/registry.hpp"

namespace {

constexpr int kSureLetters = 60;  // CLD2's, with which a text may name other languages
constexpr std::string_view kEnglish = "en";
constexpr std::size_t kManyLittleWords = 2;
constexpr int kAgreedPercent = 40;  // of a language that the text names, too
constexpr int kSecondPercent = 25;  // of a second language, and its letters
constexpr int kSecondLetters = 40;

bool is_language(const Match& match) { return match.meaning->list == LexiconList::language; }

bool is_flag(const Reading& reading, const Match& match) {
  return static_cast<unsigned char>(reading.tokens.text[match.begin]) == 0xF0;
}

void add(std::vector<LanguageGuess>& guesses, const std::string& code, const std::string& how) {
  for (const LanguageGuess& guess : guesses)
    if (guess.code == code) return;
  guesses.push_back({code, how});
}

// The match that is the whole text.
const Match* whole_match(const Reading& reading) {
  for (const Match& match : reading.matches)
    if (is_language(match) && match.begin <= 2 && match.end + 1 == reading.tokens.text.size())
      return &match;
  return nullptr;
}

std::vector<LanguageGuess> by_tags(const RoomReading& room) {
  std::vector<LanguageGuess> guesses;
  for (const PlacedReading& placed : room) {
    if (placed.place == Place::token) continue;
    for (const Match& match : placed.reading.matches) {
      if (!is_language(match)) continue;
      const bool is_tag = placed.place == Place::tag ? whole_match(placed.reading) == &match
                                                     : placed.reading.is_hashtag(match);
      const bool is_country =
          match.strength == Strength::weak || match.strength == Strength::in_names;
      if (is_tag && (!is_country || is_flag(placed.reading, match)))
        add(guesses, match.meaning->id,
            "the tag \"" + placed.reading.written(match) + "\" names it");
    }
  }
  return guesses;
}

// A text of nothing but names and flags of languages, words like "chat", and proper names.
std::vector<LanguageGuess> by_names(const Reading& name) {
  std::vector<LanguageGuess> guesses;
  for (const Token& token : name.tokens.tokens) {
    const auto covering = [&](const auto& holds) {
      return std::find_if(name.matches.begin(), name.matches.end(), [&](const Match& match) {
        return match.begin <= token.begin && token.end <= match.end && holds(match);
      });
    };
    const auto language = covering([&](const Match& match) {
      return names_language(match) || (is_language(match) && is_flag(name, match));
    });
    if (language != name.matches.end())
      add(guesses, language->meaning->id, "its words are only names of languages");
    else if (covering([](const Match& match) {
               return match.meaning->list == LexiconList::beside_adult ||
                      match.meaning->list == LexiconList::adult ||
                      match.meaning->list == LexiconList::proper_name ||
                      (is_language(match) && match.strength != Strength::only_tags);
             }) == name.matches.end())
      return {};
  }
  return guesses;
}

// The text without addresses and without the words of these matches: what is left is in the
// language of the room, and not of its subject.
std::string bare(std::string_view text, const Reading& reading) {
  std::string left{text};
  const auto blank = [&](std::size_t from, std::size_t to) {
    std::fill(left.begin() + static_cast<std::ptrdiff_t>(from),
              left.begin() + static_cast<std::ptrdiff_t>(to), ' ');
  };
  for (const Match& match : reading.matches) {
    if (match.meaning->list != LexiconList::proper_name && !is_language(match)) continue;
    if (match.strength == Strength::only_tags) continue;
    for (const Token& token : reading.tokens.tokens)
      if (match.begin <= token.begin && token.end <= match.end) blank(token.from, token.to);
  }
  for (std::size_t at = 0; (at = text.find("://", at)) != text.npos; ++at) {
    std::size_t from = at, to = at;
    while (from > 0 && text[from - 1] > ' ') --from;
    while (to < text.size() && static_cast<unsigned char>(text[to]) > ' ') ++to;
    blank(from, to);
  }
  return left;
}

struct Named {
  std::vector<std::string_view> languages, countries;  // codes
  bool has(const std::vector<std::string_view>& codes, std::string_view code) const {
    return std::any_of(codes.begin(), codes.end(), [&](std::string_view known) {
      return primary_language(known) == primary_language(code);
    });
  }
};

Named named_in(const RoomReading& room) {
  Named named;
  for (const PlacedReading& placed : room)
    if (placed.place != Place::token)
      for (const Match& match : placed.reading.matches)
        if (is_language(match) && match.strength != Strength::only_tags)
          (names_language(match) ? named.languages : named.countries).push_back(match.meaning->id);
  return named;
}

// A proper name is in no language: the "os" of "GrapheneOS" or "PalmOS" is not Portuguese. "it" is
// not the name "IT".
bool is_in_name(const Reading& reading, const Match& word) {
  const std::string& text = reading.tokens.text;
  if (text[word.begin - 1] == gap::kInside || text[word.end] == gap::kInside) return true;
  return std::any_of(reading.matches.begin(), reading.matches.end(), [&](const Match& match) {
    const bool is_word = match.begin == word.begin && match.end == word.end;
    return match.meaning->list == LexiconList::proper_name && match.begin <= word.begin &&
           word.end <= match.end && !(is_word && reading.is_lower(match));
  });
}

// How many different little words of each language stand in the description and the name.
using Grammar = std::vector<std::pair<std::string_view, std::vector<std::string>>>;

Grammar grammar_of(const RoomReading& room) {
  Grammar grammar;
  for (const PlacedReading& placed : room) {
    if (placed.place == Place::token || placed.place == Place::tag) continue;
    for (const Match& match : placed.reading.matches) {
      if (match.meaning->list != LexiconList::grammar || is_in_name(placed.reading, match))
        continue;
      auto at = std::find_if(grammar.begin(), grammar.end(),
                             [&](const auto& known) { return known.first == match.meaning->id; });
      if (at == grammar.end()) at = grammar.insert(at, {match.meaning->id, {}});
      std::string word = placed.reading.text_of(match);
      if (std::find(at->second.begin(), at->second.end(), word) == at->second.end())
        at->second.push_back(std::move(word));
    }
  }
  return grammar;
}

std::size_t words_of_grammar(const Grammar& grammar, std::string_view code) {
  for (const auto& [known, words] : grammar)
    if (known == code) return words.size();
  return 0;
}

// Does the text have more of its little words than of any other language?
bool has_most(const Grammar& grammar, std::string_view code) {
  const std::size_t its = words_of_grammar(grammar, code);
  return its > 0 && std::all_of(grammar.begin(), grammar.end(), [&](const auto& known) {
           return known.first == code || known.second.size() < its;
         });
}

// The language with most of its little words in the text: two at least, and more than any other.
std::string_view by_grammar(const Grammar& grammar, const std::string& text) {
  std::string_view best;
  std::size_t most = 1;
  for (const auto& [code, words] : grammar)
    if (!may_be_in(code, text)) {
      continue;
    } else if (words.size() > most) {
      most = words.size();
      best = code;
    } else if (words.size() == most) {
      best = "";
    }
  return best;
}

// CLD2 takes short texts of any language for English.
Detection detect(const std::string& text, const Grammar& grammar) {
  Detection detection = detect_languages(text);
  if (detection.certain && detection.languages.front().code == kEnglish &&
      detection.letters < kSureLetters && words_of_grammar(grammar, kEnglish) == 0 &&
      !grammar.empty())
    detection.certain = false;
  return detection;
}

// CLD2 takes short texts for a language that is much alike: Danish for Swedish.
constexpr std::string_view kAlike[][3] = {{"cs", "sk"}, {"da", "no", "sv"}, {"es", "gl", "pt"}};

// Of the languages that are much alike, the one with most of its little words in the text.
std::string_view clearest(std::string_view code, const std::string& text, const Grammar& grammar) {
  std::string_view best = code;
  for (const auto& alike : kAlike)
    if (std::find(std::begin(alike), std::end(alike), code) != std::end(alike))
      for (const std::string_view other : alike)
        if (words_of_grammar(grammar, other) > words_of_grammar(grammar, best) &&
            may_be_in(other, text))
          best = other;
  return best;
}

std::vector<LanguageGuess> by_text(const Detection& detection, const std::string& text,
                                   const Named& named, const Grammar& grammar) {
  const std::string_view spoken = by_grammar(grammar, text);
  const std::string_view detected =
      detection.certain ? primary_language(detection.languages.front().code) : "";
  // CLD2 takes Hindi in Latin letters, as many write it, for anything, and Esperanto for Spanish.
  const std::size_t its = words_of_grammar(grammar, spoken);
  const std::size_t others = words_of_grammar(grammar, detected);
  const bool is_clear = its >= kManyLittleWords && (its > 2 * others || its > others + 2);
  const bool names_another = !named.languages.empty() && !named.has(named.languages, spoken);
  if (!spoken.empty() && (spoken != detected || names_another) &&
      (detection.letters < kSureLetters || is_clear))
    return {{std::string{spoken}, "words that only grammar needs"}};
  std::vector<LanguageGuess> guesses;
  for (const DetectedLanguage& found : detection.languages) {
    const bool agrees =
        named.has(named.languages, found.code) || named.has(named.countries, found.code);
    const bool names_other = !named.languages.empty() && !named.has(named.languages, found.code);
    const std::string share = "CLD2, " + std::to_string(found.percent) + " % of the text";
    if (guesses.empty()) {
      if (detection.certain && &found == &detection.languages.front() &&
          (!names_other || detection.letters >= kSureLetters))
        add(guesses, std::string{clearest(found.code, text, grammar)}, share);
      else if (agrees && found.percent >= kAgreedPercent)
        add(guesses, found.code, share + ", which names it");
      else if (!names_other && has_most(grammar, found.code))
        add(guesses, found.code, share + ", which has a word that only its grammar needs");
    } else if (detection.reliable && found.percent >= kSecondPercent &&
               detection.letters * found.percent / 100 >= kSecondLetters) {
      add(guesses, found.code, share);
    }
  }
  return guesses;
}

// The words of this strength in the name.
std::vector<LanguageGuess> by_words_of_name(const RoomReading& room, Strength strength,
                                            const std::string& how) {
  std::vector<LanguageGuess> guesses;
  for (const PlacedReading& placed : room)
    for (const Match& match : placed.reading.matches)
      if (is_language(match) && placed.place == Place::name && match.strength == strength)
        add(guesses, match.meaning->id, how);
  return guesses;
}

// The language's own name, in the name: "Norsk kanal".
std::vector<LanguageGuess> by_own_name(const RoomReading& room) {
  return by_words_of_name(room, Strength::own, "its name has the language's own name");
}

// The country in its own language, in the name; a flag anywhere.
std::vector<LanguageGuess> by_country(const RoomReading& room) {
  auto guesses = by_words_of_name(room, Strength::in_names, "its name has the name of the country");
  for (const PlacedReading& placed : room)
    for (const Match& match : placed.reading.matches)
      if (is_language(match) && is_flag(placed.reading, match))
        add(guesses, match.meaning->id, "it shows the flag of the country");
  return guesses;
}

// Words that only one language has: "Stammtisch".
std::vector<LanguageGuess> by_own_words(const RoomReading& room, std::string_view text) {
  std::vector<LanguageGuess> guesses;
  for (const PlacedReading& placed : room)
    for (const Match& match : placed.reading.matches)
      if (match.meaning->list == LexiconList::grammar && match.strength == Strength::own &&
          (placed.place == Place::name || placed.place == Place::description) &&
          !is_in_name(placed.reading, match) && may_be_in(match.meaning->id, text))
        add(guesses, match.meaning->id, "only it has \"" + placed.reading.written(match) + "\"");
  return guesses;
}

bool is_only(const std::vector<std::string_view>& named, std::string_view code) {
  return std::all_of(named.begin(), named.end(), [&](std::string_view one) { return one == code; });
}

}  // namespace

std::vector<LanguageGuess> guess_languages(const RoomText& text, const RoomReading& reading) {
  if (auto guesses = by_tags(reading); !guesses.empty()) return guesses;
  const Reading *name = nullptr, *description = nullptr;
  std::string bare_text;
  for (const PlacedReading& placed : reading) {
    if (placed.place == Place::name) {
      name = &placed.reading;
      bare_text += bare(text.name, placed.reading) + ". ";
    } else if (placed.place == Place::description) {
      description = &placed.reading;
      bare_text += bare(text.description, placed.reading);
    }
  }
  for (const Reading* text_of_names : {name, description})
    if (text_of_names)
      if (auto guesses = by_names(*text_of_names); !guesses.empty()) return guesses;
  const Named named = named_in(reading);
  const Grammar grammar = grammar_of(reading);
  const Detection detection = detect(bare_text, grammar);
  if (auto guesses = by_text(detection, bare_text, named, grammar); !guesses.empty())
    return guesses;
  if (!detection.certain)  // otherwise its language and its subject differ
    for (auto guesses :
         {by_own_name(reading), by_country(reading), by_own_words(reading, bare_text)})
      if (guesses.size() == 1 && is_only(named.languages, guesses[0].code)) return guesses;
  if (std::string code = language_of_script(bare_text); !code.empty())
    return {{std::move(code), "its script"}};
  // In Han alone, both write alike.
  for (const std::string code : {"zh", "ja"})
    if (std::none_of(bare_text.begin(), bare_text.end(), [](char c) { return is_letter(c); }) &&
        has_most(grammar, code) && may_be_in(code, bare_text))
      return {{code, "words that only it has"}};
  return {};
}

std::optional<std::string> language_named(const Lexicon& lexicon, std::string_view text) {
  const Reading reading = lexicon.read(text);
  const Match* match = whole_match(reading);
  if (!match) return {};
  return match->meaning->id;
}
