// Texts made comparable: folding twice is folding once, and words lie in their text.
#include "text/fold.hpp"

#include "fuzz.hpp"

FUZZ(text) {
  const std::string mended = mend_utf8(text);
  for (const auto folded : {fold_case, fold}) {
    const std::string once = folded(mended);
    expect(is_utf8(once));
    expect(folded(once) == once);
  }
  const char* last = text.data();
  for (const std::string_view word : words_of(text)) {
    expect(!word.empty() && word.data() >= last);
    last = word.data() + word.size();
  }
  expect(last <= text.data() + text.size());
}
