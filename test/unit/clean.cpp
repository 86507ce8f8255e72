// Hostile text comes out readable and harmless; honest text comes out as it was.
#include "text/clean.hpp"

#include <cstdio>

#include "text/characters.hpp"

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

static std::string name(std::string_view text) { return clean_text(text, 100, Lines::one).text; }
static std::string description(std::string_view text) {
  return clean_text(text, 1000, Lines::many).text;
}
static bool is_kept(std::string_view text) {
  const CleanText clean = clean_text(text, 100, Lines::one);
  return clean.text == text && !clean.changed;
}
static std::string times(std::string_view text, int count) {
  std::string all;
  while (count-- > 0) all += text;
  return all;
}

int main() {
  check(is_kept(""));
  check(is_kept("Lab Lounge <b>&amp; \"friends\"</b>"));
  check(is_kept("Привет, 世界, ğüş, नमस्ते, สวัสดี, שלום"));
  check(is_kept("می‌خواهم"));  // Persian needs its ZWNJ
  check(is_kept("क्‍ष"));       // Devanagari its ZWJ
  check(is_kept(
      "👩‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 ❤️ 🇩🇪 1️⃣"));  // emoji
                                                                                             // theirs,
                                                                                             // selectors
                                                                                             // and
                                                                                             // tones
  check(is_kept("Tiếng Việt é"));

  check(name("a\x01\x1b[31mb\x7f"
             "c") == "a[31mbc");
  check(name(std::string_view{"a\0b", 3}) == "ab");
  check(name("a\tb\nc\r\nd\u2028e") == "a b c d e");
  check(description("a\tb\nc\r\nd\u2028e\x07") == "a b\nc\nd\ne");
  check(name("\u202Eevil\u202C \u2066x\u2069\u200F\u200E\u061C") == "evil x");
  check(name("a\u200Bb\u2060c\uFEFFd\u00ADe\u180Ef\u3164g\u115Fh\u034Fi") == "abcdefghi");
  // What is there without showing, though no script calls it a format: fillers, the blank
  // notehead, what stands for an object; the blank of Braille is a space.
  check(name("a\uFFFC"
             "b\u2065"
             "c\uFFF0"
             "d\uFFFB"
             "e\U0001D159"
             "f") == "abcdef");
  check(name("⠓⠊\u2800⠽⠕⠥") == "⠓⠊ ⠽⠕⠥");
  for (const char* blank : {"\u2800", "\u2800 \u2800", "\uFFFC", "\u2065", "\uFFF8", "\U0001D159"})
    check(name(blank) == "" && description(blank) == "");
  check(name("ab\U000E0041\U000E0042c\U000E0101\U000E0001") == "abc");
  check(name("a\u200Db\u200Cc") == "abc");  // joiners between Latin letters
  check(name("👩\u200D👩\u200Dx") == "👩\u200D👩x");
  check(name("ab\xff\xc3"
             "c\xed\xa0\x80"
             "d\uFFFDe\uFFFEf") == "abcdef");
  check(name("Z\u0300\u0301\u0302\u0303\u0304\u0305y") == "Z\u0300\u0301\u0302y");
  check(name("\u0300\u0301x \u0300y") == "x y");  // marks with no base
  check(name("  a  b \u00A0\u3000") == "a  b");
  check(name("\u200B\u200B") == "");

  check(clean_text("a\u200B", 100, Lines::one).changed);
  check(!clean_text("a\nb", 100, Lines::many).changed);
  check(clean_text("a\nb", 100, Lines::one).changed);

  check(name(times("x", 100)) == times("x", 100));
  check(name(times("x", 101)) == times("x", 99) + "…");
  check(name(times("é", 5000)) == times("é", 99) + "…");
  check(name(times("x", 98) + "e\u0301\u0302y") ==
        times("x", 98) + "…");  // not between e and its marks
  check(name(times("x", 97) + "👩\u200D👧y") == times("x", 97) + "…");
  check(name(times("\u0300", 100000)) == "");
  check(description(times("x", 100000)) == times("x", 999) + "…");

  check(mend_utf8("a\xff"
                  "b\xe2\x82") == "a\uFFFDb\uFFFD\uFFFD");
  check(mend_utf8("€") == "€");

  check(monogram("linux lounge") == "L");
  check(monogram("#[łódź]") == "Ł");
  check(monogram("🏳️‍🌈 pride") == "🏳️‍🌈");
  check(monogram("👩🏽‍🚀moon") == "👩🏽‍🚀");
  check(monogram("🇩🇪🇫🇷 talk") == "🇩🇪");
  check(monogram("e\u0301cole") == "E\u0301");
  check(monogram("中文聊天室") == "中");
  check(monogram("- 42") == "4");
  check(monogram("***") == "");
  return failures != 0;
}
