// A piece of a page as a reader sees it: character references and escapes are decoded, invisible
// characters and markup inside a word are left out. Every character has its position in the page.
//
//   ht&#116;p:\/\/sog.<wbr>example   ->  http://sog.example
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// How a character was written, or what was left out just before it; the values are or-ed.
enum Encoding : std::uint8_t {
  kInvisible = 1,   // <wbr>, a comment, soft hyphens, zero-width characters
  kMarkup = 2,      // tags such as <b> and <span>
  kWrap = 4,        // one line break with the blanks around it, or <br>
  kEntity = 8,      // &amp; &#x2f;
  kBackslash = 16,  // \/ \u003d \x3d and Markdown's \_
  kPercent = 32,    // %2F
};
constexpr unsigned kLeftOut = kInvisible | kMarkup | kWrap;

// One byte of the decoded text.
struct DecodedChar {
  char byte;                 // of UTF-8; ' ' for all white space and control characters
  std::uint8_t encodings;    // values of Encoding
  std::uint32_t begin, end;  // where it stands in the text
};

// Whether the byte can stand in a link, even in a wrong one. All other bytes end a link.
bool is_link_char(char c);

// Replaces `chars` by the characters of text[begin, end). `trigger` is the position of a part of
// "public_key" (triggers.hpp). If it is inside a tag, the tag is kept: the link is in one of its
// attributes. Decoding stops behind the parameters of the link. Time and memory are proportional
// to the text that is decoded.
//
// Returns false if the window ended first: then more text could change the last characters.
bool decode(std::string_view text, std::size_t begin, std::size_t end, std::size_t trigger,
            std::vector<DecodedChar>& chars);

// Decodes the percent-encoding of `chars`, once. Returns false if there is none.
bool decode_percent(const std::vector<DecodedChar>& chars, std::vector<DecodedChar>& decoded);
