// Text made fit to be shown: valid, bounded, and not changed a second time. The
// first byte says how long it may be.
#include "fuzz.hpp"
#include "text/fold.hpp"

FUZZ(text) {
  const std::size_t most = 1 + take_byte(text);
  for (const Lines lines : {Lines::one, Lines::many}) {
    const CleanText clean = clean_text(text, most, lines);
    expect(is_utf8(clean.text));
    expect(characters_in(clean.text) <= most);
    expect(clean.changed == (clean.text != text));
    for (const unsigned char c : clean.text)
      expect((c >= ' ' && c != 0x7f) || (c == '\n' && lines == Lines::many));
    const CleanText again = clean_text(clean.text, most, lines);
    expect(again.text == clean.text && !again.changed);
  }
}
