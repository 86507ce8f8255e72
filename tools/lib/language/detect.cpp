#include "language/detect.hpp"

#include <algorithm>
#include <cstdio>  // the next header needs it, but does not include it
// clang-format off
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
// clang-format on
#include <utility>

#include "language/han.hpp"
#include "text/characters.hpp"
#include "text/fold.hpp"

namespace {

// Chosen with `make bench-languages`.
constexpr int kLeastPercent = 80;  // of the letters, in one language
constexpr int kLeastLetters = 10;  // bytes, as CLD2 counts them (with the spaces around words)
constexpr int kAsciiLetters = 18;  // the same for ASCII: one word like "security" tells no language
constexpr int kSmallLetters = 100;  // the same for kSmall

// Small languages that CLD2 reports for short texts in a larger language.
constexpr std::string_view kSmall[] = {
    "aa",  "af", "ak", "ay", "bi",  "bs",  "ceb", "co", "crs", "cy", "fo", "fy",  "gd",
    "gl",  "gn", "gv", "ha", "haw", "hmn", "ht",  "ia", "ie",  "ig", "ik", "iu",  "jv",
    "kha", "kl", "la", "lg", "ln",  "mg",  "mfe", "mi", "mk",  "ms", "na", "nso", "ny",
    "oc",  "om", "qu", "rm", "rn",  "rw",  "sco", "sg", "sm",  "sn", "so", "ss",  "st",
    "su",  "tl", "tn", "to", "ts",  "vo",  "war", "wo", "xh",  "yo", "za", "zu"};

constexpr int kManyHan = 4;  // a name of Japan that long often has a character of its reform

constexpr int kLongText = 80;  // letters

// Letters that a language does not use. A short text with one is not in that language.
constexpr std::pair<std::string_view, std::u32string_view> kForeignLetters[] = {
    {"be", U"щъиї"},          {"bg", U"ыэёіїєґ"}, {"fa", U"ڕێەۆڵٹڈڑےںہ"},
    {"mk", U"ыэёъйщьюяіїєґ"}, {"ro", U"авеинор"}, {"ru", U"іїєґўәғқңөұүһ"},
    {"sr", U"ыэёъйщьюяіїєґ"}, {"uk", U"ыэёъў"}};

// The letters of Latin script that a language has beside a to z.
constexpr std::pair<std::string_view, std::u32string_view> kLatinLetters[] = {
    {"ca", U"àçèéíïòóúü"},
    {"cs", U"áčďéěíňóřšťúůýž"},
    {"da", U"åæéø"},
    {"de", U"äéöüß"},
    {"en", U"éï"},
    {"eo", U"ĉĝĥĵŝŭ"},
    {"es", U"áéíñóúü"},
    {"et", U"äõöüšž"},
    {"fi", U"åäö"},
    {"fr", U"àâæçèéêëîïôùûüÿœ"},
    {"hr", U"ćčđšž"},
    {"hu", U"áéíóöúüőű"},
    {"id", U"é"},
    {"it", U"àèéìíîòóùú"},
    {"nl", U"áèéêëíïóöü"},
    {"no", U"åæéòóôø"},
    {"pl", U"óąćęłńśźż"},
    {"pt", U"àáâãçéêíóôõúü"},
    {"ro", U"âîășțşţ"},
    {"sk", U"áäčďéíĺľňóôŕšťúýž"},
    {"sl", U"čšž"},
    {"sv", U"åäéö"},
    {"tr", U"âçîöûüğış"},
    {"vi", U"àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"}};

// Scripts that nearly always mean one language, in the order of their blocks.
struct Script {
  char32_t first, last;
  std::string_view code;
};
constexpr Script kScripts[] = {
    {0x370, 0x3FF, "el"},   {0x530, 0x58F, "hy"},   {0x590, 0x5FF, "he"},   {0x900, 0x97F, "hi"},
    {0x980, 0x9FF, "bn"},   {0xA00, 0xA7F, "pa"},   {0xA80, 0xAFF, "gu"},   {0xB80, 0xBFF, "ta"},
    {0xC00, 0xC7F, "te"},   {0xC80, 0xCFF, "kn"},   {0xD00, 0xD7F, "ml"},   {0xD80, 0xDFF, "si"},
    {0xE00, 0xE7F, "th"},   {0xE80, 0xEFF, "lo"},   {0xF00, 0xFFF, "bo"},   {0x1000, 0x109F, "my"},
    {0x10A0, 0x10FF, "ka"}, {0x1100, 0x11FF, "ko"}, {0x1200, 0x139F, "am"}, {0x1780, 0x17FF, "km"},
    {0x1F00, 0x1FFF, "el"}, {0x3040, 0x30FF, "ja"}, {0x3130, 0x318F, "ko"}, {0xAC00, 0xD7AF, "ko"}};

// Letters of a shared script that only one of its larger languages uses.
constexpr std::pair<std::string_view, std::u32string_view> kOwnLetters[] = {
    {"uk", U"їєґ"}, {"be", U"ў"},    {"ru", U"ыэё"},    {"sr", U"ђћџ"}, {"fa", U"پچژگ"},
    {"ar", U"ةإ"},  {"ur", U"ٹڈڑے"}, {"eo", U"ĉĝĥĵŝŭ"}, {"cs", U"ěřů"}, {"de", U"ß"},
    {"hu", U"őű"},  {"is", U"ðþ"},   {"pl", U"łżźń"},   {"ro", U"țș"},  {"sk", U"ľĺŕ"}};

// The BCP 47 code for CLD2's; empty for a code that is no language in use.
std::string bcp47(CLD2::Language language) {
  const std::string code = CLD2::LanguageCode(language);
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "mo") return "ro";
  if (code == "un" || code.starts_with("xx") || code.starts_with("zzp")) return {};
  return code;
}

template <class Test>
bool has_letter(std::string_view text, const Test& test) {
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    if (test(character.code)) return true;
    at += character.size;
  }
  return false;
}

bool has_letter_of(std::string_view text, std::u32string_view letters) {
  return has_letter(text, [&](char32_t c) { return letters.find(c) != letters.npos; });
}

bool has_han(std::string_view text, Han kind) {
  return has_letter(text, [&](char32_t c) { return han_of(c) == kind; });
}

bool is_beyond_ascii(char32_t c) {  // of Latin script
  return (0xC0 <= c && c <= 0x24F && c != 0xD7 && c != 0xF7) || (0x1E00 <= c && c <= 0x1EFF);
}

bool is_long(std::string_view folded) {
  int letters = 0;
  for (std::size_t at = 0; at < folded.size() && letters < kLongText;) {
    const Character character = character_at(folded, at);
    letters += is_letter(character.code);
    at += character.size;
  }
  return letters == kLongText;
}

// A long text may have foreign names, or a second language.
bool has_foreign_letter(std::string_view code, std::string_view folded) {
  if (is_long(folded)) return false;
  if (code == "ja") return has_han(folded, Han::simplified);
  if (code == "zh") return has_han(folded, Han::reformed_in_japan);
  for (const auto& [language, foreign] : kForeignLetters)
    if (language == code) return has_letter_of(folded, foreign);
  for (const auto& [language, own] : kLatinLetters)
    if (language == code)
      for (std::size_t at = 0; at < folded.size();) {
        const Character character = character_at(folded, at);
        if (is_beyond_ascii(character.code) && own.find(character.code) == own.npos) return true;
        at += character.size;
      }
  return false;
}

bool is_small(std::string_view code) {
  return std::find(std::begin(kSmall), std::end(kSmall), code) != std::end(kSmall);
}

int least_letters(std::string_view code, std::string_view text) {
  if (is_small(code)) return kSmallLetters;
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<signed char>(c) >= 0; });
  return ascii ? kAsciiLetters : kLeastLetters;
}

}  // namespace

Detection detect_languages(const std::string& text) {
  const CLD2::CLDHints no_hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  // CLD2 sets none of these if the text has a byte that it does not accept.
  CLD2::Language languages[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE,
                                 CLD2::UNKNOWN_LANGUAGE};
  int percents[3] = {}, valid_bytes = 0;
  double scores[3] = {};
  Detection detection;
  CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(text.size()), true,
                                          &no_hints, 0, languages, percents, scores, nullptr,
                                          &detection.letters, &detection.reliable, &valid_bytes);
  const std::string folded = fold_case(text);
  for (int i = 0; i < 3; ++i) {
    std::string code = bcp47(languages[i]);
    if (!code.empty() && percents[i] > 0 && !has_foreign_letter(code, folded) &&
        (!is_small(code) || detection.letters >= kSmallLetters))
      detection.languages.push_back({std::move(code), percents[i]});
  }
  if (!detection.languages.empty()) {
    const DetectedLanguage& first = detection.languages.front();
    detection.certain = detection.reliable && first.percent >= kLeastPercent &&
                        detection.letters >= least_letters(first.code, text);
  }
  return detection;
}

bool may_be_in(std::string_view code, std::string_view text) {
  return !has_foreign_letter(code, fold_case(text));
}

// `alone`: how many Han characters the text has, if it has little else.
static std::string language_of_han(std::string_view text, int alone) {
  bool has[static_cast<std::size_t>(Han::not_of_japan) + 1] = {};
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    has[static_cast<std::size_t>(han_of(character.code))] = true;
    at += character.size;
  }
  const auto is = [&](Han kind) { return has[static_cast<std::size_t>(kind)]; };
  const bool chinese = is(Han::simplified) || is(Han::not_of_japan);
  if (is(Han::reformed_in_japan)) return chinese ? "" : "ja";
  return chinese || (alone >= kManyHan && !is(Han::reformed_alike)) ? "zh" : "";
}

std::string language_of_script(std::string_view text) {
  constexpr int kFewest = 3;
  const std::string folded = fold_case(text);
  int letters = 0, kana = 0, han = 0;
  int of_script[std::size(kScripts)] = {};
  for (std::size_t at = 0; at < folded.size();) {
    const auto [code, size] = character_at(folded, at);
    at += size;
    if (!is_letter(code)) continue;
    ++letters;
    han += 0x3400 <= code && code <= 0x9FFF;
    kana += 0x3040 <= code && code <= 0x30FF;
    for (std::size_t i = 0; i < std::size(kScripts); ++i)
      of_script[i] += kScripts[i].first <= code && code <= kScripts[i].last;
  }
  if (kana >= 2 && 3 * (kana + han) >= 2 * letters) return "ja";
  for (std::size_t i = 0; i < std::size(kScripts); ++i) {
    int count = 0;  // a language may have several blocks
    for (std::size_t j = 0; j < std::size(kScripts); ++j)
      if (kScripts[j].code == kScripts[i].code) count += of_script[j];
    if (count >= kFewest - (kScripts[i].code == "ko") && 3 * count >= 2 * letters)
      return std::string{kScripts[i].code};
  }
  std::string found = language_of_han(folded, kana == 0 && 3 * han >= 2 * letters ? han : 0);
  for (const auto& [code, own] : kOwnLetters)
    if (has_letter_of(folded, own)) {
      if (!found.empty()) return {};
      found = code;
    }
  const bool enough = letters >= kFewest || (han >= 2 && letters == han);
  return enough && !has_foreign_letter(found, folded) ? found : "";
}
