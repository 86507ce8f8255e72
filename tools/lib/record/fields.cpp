#include "record/fields.hpp"

#include "base/nearest.hpp"

namespace fields {

void refuse_word(const Path& path, std::string_view word, std::span<const std::string_view> known) {
  std::string text = "\"" + path.text() + "\": unknown word " + to_text(Json{word});
  if (const std::string hint = did_you_mean(word, known); !hint.empty()) throw BadLine{text + hint};
  text += "; known:";
  for (const std::string_view one : known) text += " " + std::string{one};
  throw BadLine{text};
}

}  // namespace fields
