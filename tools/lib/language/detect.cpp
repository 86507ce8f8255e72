#include "language/detect.hpp"

#include <algorithm>
#include <cstdio>  // the next header needs it and doesn't say so
// clang-format off
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
// clang-format on
#include <utility>

#include "language/registry.hpp"
#include "text/fold.hpp"

namespace {

// Chosen with `make bench-languages`.
constexpr int kLeastPercent = 80;   // of the letters, in one language
constexpr int kLeastLetters = 10;   // bytes, as CLD2 counts them (with the spaces around words)
constexpr int kLatinLetters = 18;   // the same for ASCII: "security" is no English, it is a word
constexpr int kSmallLetters = 100;  // the same for kSmall

constexpr std::size_t kLongestName = 3;  // words: "Português do Brasil"

// Languages that CLD2 takes short texts of bigger ones for.
constexpr std::string_view kSmall[] = {"bs", "ceb", "co", "crs", "cy",  "fo", "fy", "gd",
                                       "gl", "hmn", "ht", "ia",  "ie",  "jv", "la", "mg",
                                       "ms", "mfe", "oc", "rm",  "sco", "su", "tl"};

// Letters that a language of the Cyrillic script does not write.
constexpr std::pair<std::string_view, std::string_view> kForeignLetters[] = {
    {"be", "щъиї"},  {"bg", "ыэёіїєґ"},    {"mk", "ыэёъйщіїєґ"},
    {"ru", "іїєґў"}, {"sr", "ыэёъйщіїєґ"}, {"uk", "ыэёъў"}};

// CLD2's code in today's BCP 47; empty for what is no language that people write.
std::string bcp47(CLD2::Language language) {
  const std::string code = CLD2::LanguageCode(language);
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "mo") return "ro";
  if (code == "un" || code.starts_with("xx") || code.starts_with("zzp")) return {};
  return code;
}

std::string joined(const std::vector<std::string_view>& words, std::size_t from,
                   std::size_t count) {
  std::string text;
  for (std::size_t i = from; i < from + count; ++i) {
    text += words[i];
    text += ' ';
  }
  return text;
}

int least_letters(std::string_view code, std::string_view text) {
  if (std::find(std::begin(kSmall), std::end(kSmall), code) != std::end(kSmall))
    return kSmallLetters;
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<signed char>(c) >= 0; });
  return ascii ? kLatinLetters : kLeastLetters;
}

bool has_foreign_letter(std::string_view code, std::string_view text) {
  for (const auto& [language, letters] : kForeignLetters) {
    if (language != code) continue;
    const std::string small = fold_case(text);
    for (std::size_t at = 0; at < letters.size(); at += 2)  // each is two bytes
      if (small.find(letters.substr(at, 2)) != small.npos) return true;
  }
  return false;
}

std::vector<LanguageGuess> ask_cld2(const std::string& text) {
  const CLD2::CLDHints no_hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  // All of them stay as they are where CLD2 meets a byte that it calls no text.
  CLD2::Language languages[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE,
                                 CLD2::UNKNOWN_LANGUAGE};
  int percents[3] = {}, letters = 0, valid_bytes = 0;
  double scores[3] = {};
  bool reliable = false;
  CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(text.size()), true,
                                          &no_hints, 0, languages, percents, scores, nullptr,
                                          &letters, &reliable, &valid_bytes);
  const std::string code = bcp47(languages[0]);
  if (!reliable || code.empty() || percents[0] < kLeastPercent) return {};
  if (letters < least_letters(code, text) || has_foreign_letter(code, text)) return {};
  return {{code, "CLD2, " + std::to_string(percents[0]) + " % of the text"}};
}

}  // namespace

void LanguageDetector::add_name(std::string_view name, const std::string& code) {
  const std::string folded = fold(name);
  const auto words = words_of(folded);
  code_of_.emplace(joined(words, 0, words.size()), code);
}

// The codes of names in the text; `nothing_else`: none at all if there is another word.
std::vector<std::string> LanguageDetector::named_in(std::string_view text,
                                                    bool nothing_else) const {
  const std::string folded = fold(text);
  const auto words = words_of(folded);
  std::vector<std::string> codes;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t used = std::min(kLongestName, words.size() - at);
    auto name = code_of_.end();
    while (used > 0 && (name = code_of_.find(joined(words, at, used))) == code_of_.end()) --used;
    if (used == 0 && nothing_else) return {};
    if (used > 0 && std::find(codes.begin(), codes.end(), name->second) == codes.end())
      codes.push_back(name->second);
    at += std::max<std::size_t>(used, 1);
  }
  return codes;
}

std::vector<LanguageGuess> LanguageDetector::guess(std::string_view name,
                                                   std::string_view description,
                                                   const std::vector<std::string>& tags) const {
  std::vector<LanguageGuess> guesses;
  for (std::string& code : named_in(name, true))
    guesses.push_back({std::move(code), "its name is the name of the language"});
  if (!guesses.empty()) return guesses;

  std::string text{name};
  text += ". ";
  text += description;
  for (const std::string& tag : tags) text += " " + tag;
  guesses = ask_cld2(text);
  if (guesses.empty()) return {};
  for (const std::string& code : named_in(text, false))
    if (primary_language(code) != primary_language(guesses[0].code)) return {};
  return guesses;
}
