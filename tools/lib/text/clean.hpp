// Makes text from strangers safe to show (protocol.md 8): it can't reorder, hide or overflow the
// text around it. What it says can still be false.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

enum class Lines { one, many };

struct CleanText {
  std::string text;
  bool changed = false;
};

// Removes what has no place in a name or a description:
//   - bytes that are not UTF-8, U+FFFD, control characters; tabs, the Braille blank and (with
//     Lines::one) line ends become spaces;
//   - invisible characters: bidi controls, zero-width characters, tags, fillers, U+FFFC, and
//     all others of category Cf that are not a visible sign;
//   - ZWJ and ZWNJ, except where an emoji or a script needs them;
//   - combining marks after the third on one base, and those with no base;
//   - spaces at both ends.
// A text of more than `most` characters is cut, not inside an emoji or an accented letter, and
// ends with "…".
//
//   clean_text("Ev\u202Eil\x1b[31m", 100, Lines::one)  ->  "Evil[31m", changed
CleanText clean_text(std::string_view text, std::size_t most, Lines lines);

// Replaces every byte that is not UTF-8 by U+FFFD.
std::string mend_utf8(std::string_view bytes);
