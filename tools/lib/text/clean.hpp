// Text of strangers, made fit to be shown (protocol.md 8). It can still be a lie,
// but it can't reorder, hide or overflow what stands around it.
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
//   - bytes that are not UTF-8, U+FFFD, control characters; tabs, the blank of Braille
//     and (where there is one line) line ends become spaces;
//   - characters that are there without showing: bidi controls, zero-width ones,
//     tags, fillers, U+FFFC, and whatever else is of category Cf and not a visible sign;
//   - ZWJ and ZWNJ, but where an emoji or a script needs them;
//   - combining marks after the third on one base, and those with no base.
// Spaces at both ends go. Past `most` characters the text is cut between characters
// that belong together, and ends with "…".
//
//   clean_text("Ev\u202Eil\x1b[31m", 100, Lines::one)  ->  "Evil[31m", changed
CleanText clean_text(std::string_view text, std::size_t most, Lines lines);

// The same text with every byte that is not UTF-8 replaced by U+FFFD.
std::string mend_utf8(std::string_view bytes);
