// A stretch of a page as its reader sees it: entities and escapes undone,
// invisible characters and the markup inside a word left out. Every character
// knows where it stood.
//
//   ht&#116;p:\/\/sog.<wbr>example   ->  http://sog.example
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// What was undone at a character or left out just before it; kinds are or-ed.
enum Undone : std::uint8_t {
  kInvisible = 1,   // <wbr>, a comment, soft hyphens, zero-width characters
  kMarkup = 2,      // tags such as <b> and <span>
  kWrap = 4,        // one line break with the blanks around it, or <br>
  kEntity = 8,      // &amp; &#x2f;
  kBackslash = 16,  // \/ \u003d \x3d and Markdown's \_
  kPercent = 32,    // %2F
};
constexpr unsigned kLeftOut = kInvisible | kMarkup | kWrap;

struct Cell {
  char byte;                 // of UTF-8; ' ' for all white space and control characters
  std::uint8_t undone;       // kinds of Undone
  std::uint32_t begin, end;  // where it stood in the text
};

// Whether the byte can stand in a link, even in one that is wrong. The rest ends it.
bool is_link_char(char c);

// Replaces `cells` by those of text[begin, end), where a link's parameter begins
// at `anchor`: markup that holds that byte is kept, because the reader is inside
// an attribute then, and what comes after the parameters of that link is left
// out. Time and memory are proportional to the text that the cells stand for.
//
// False when the window ended first, so that the last cells could be others if
// it went on.
bool undo(std::string_view text, std::size_t begin, std::size_t end, std::size_t anchor,
          std::vector<Cell>& cells);

// The same cells with percent-encoding undone, once. False when there is none.
bool undo_percent(const std::vector<Cell>& cells, std::vector<Cell>& decoded);
