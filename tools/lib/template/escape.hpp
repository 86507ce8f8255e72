// The one way in which text becomes part of a page, a feed or a drawing.
#pragma once

#include <string>
#include <string_view>

// XML 1.0 (2.2) allows no other control characters. They are left out of every text.
inline bool is_forbidden(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

// Appends `text` with & < > " ' as character references, fit for elements and for
// attributes in either kind of quotes.
inline void append_escaped(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c > '>') continue;  // most letters
    const char* reference = nullptr;
    switch (c) {
      case '&':
        reference = "&amp;";
        break;
      case '<':
        reference = "&lt;";
        break;
      case '>':
        reference = "&gt;";
        break;
      case '"':
        reference = "&quot;";
        break;
      case '\'':
        reference = "&#39;";
        break;
      default:
        if (!is_forbidden(c)) continue;
        reference = "";
    }
    out.append(text, done, i - done).append(reference);
    done = i + 1;
  }
  out.append(text, done);
}
