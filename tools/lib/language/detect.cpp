#include "language/detect.hpp"

#include <cstdio>  // the next header needs it and doesn't say so
// clang-format off
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
// clang-format on

namespace {

// Found by `make bench-languages` (languages/README.md has the table).
constexpr int kLeastPercent = 70;  // of the text in one language

// CLD2's code in today's BCP 47; empty for what is no language that people write.
std::string bcp47(CLD2::Language language) {
  const std::string code = CLD2::LanguageCode(language);
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "mo") return "ro";
  if (code == "un" || code.starts_with("xx") || code.starts_with("zzp")) return {};
  return code;
}

}  // namespace

std::optional<LanguageGuess> detect_language(std::string_view name, std::string_view description,
                                             const std::vector<std::string>& tags) {
  std::string text{name};
  text += ". ";
  text += description;
  for (const std::string& tag : tags) text += " " + tag;

  const CLD2::CLDHints no_hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3];
  int percents[3], letters = 0, valid_bytes = 0;
  double scores[3];
  bool reliable = false;
  CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(text.size()), true,
                                          &no_hints, 0, languages, percents, scores, nullptr,
                                          &letters, &reliable, &valid_bytes);
  if (!reliable || percents[0] < kLeastPercent) return {};
  std::string code = bcp47(languages[0]);
  if (code.empty()) return {};
  return LanguageGuess{std::move(code), percents[0]};
}
