// The scanner's work grows with the size of the text, not faster, and the good link behind
// hostile text is found. Work is counted in decoded characters.
#include "../../tools/extract-joins/link_scanner.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

static const std::string kLink =
    "http://good.example/x?public_key="
    "a03c383cf63c3c4efe67acc52112a6dd734b3a946b9545f488aaa93da7991238";

// The work for `size` bytes of the word, over and over; checks that the link behind is found.
static std::size_t work(const std::string& word, std::size_t size, std::size_t piece) {
  std::string text;
  while (text.size() < size) text += word;
  text += "\n\n" + kLink + "\n";
  bool is_found = false;
  LinkScanner scanner{[&](std::string_view, const LinkMatch& match) {
    is_found |= match.url && match.url->text() == kLink;
  }};
  for (std::size_t begin = 0, end = 0; end < text.size();) {
    end = std::min(text.size(), end + piece);
    begin += scanner.scan(std::string_view{text}.substr(begin, end - begin), end == text.size());
  }
  check(is_found);
  return scanner.decoded();
}

int main() {
  constexpr std::size_t kSize = 60'000;
  for (const char* word :
       {"public_key=",
        "a?public_key=",
        "http://a.b/c?public_key=",
        "public%5Fkey%3D",
        "?public_key=&",
        "public_key = ",
        "public_key ",
        "a?public_key= ",
        "<c_key=",
        "&#112;",
        "public&",
        "http://a.b/c?public_key=<b",
        "<b ",
        "<!-- --",
        "a.b/c?public_key=ab",
        "?public_key=?",
        "=?public_key",
        "a?public_key=a/b?",
        "public_key=&amp;",
        "\\_key=",
        "a.b/c?public_key=a03c383cf63c3c4efe67acc52112a6dd734b3a946b9545f488aaa93da7991238SX"}) {
    const std::size_t once = work(word, kSize, kSize), twice = work(word, 2 * kSize, 2 * kSize);
    if (twice > 2 * once + 10'000 || once > 1'000 * kSize) {
      std::printf("%s: %zu characters decoded for 60 KB, %zu for 120 KB\n", word, once, twice);
      ++failures;
    }
    check(work(word, kSize, 10'000) <= 2 * once + 10'000);
  }
  return failures != 0;
}
