// The text of HTML pages, and pages that bite their parser.
#include <cstdio>
#include <string>

#include "html/readable_text.hpp"

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

static std::string text(std::string_view html, const HtmlLimits& limits = {}) {
  const auto read = readable_text(html, limits);
  return read ? *read : "refused: " + read.reason();
}
static bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

int main() {
  const std::string page = text(
      "<p title='a&lt;b'>one <x-y>t</x-y>wo&#x21;<!-- see --><script>var x = '&amp;';</script>"
      "<a href='http:\\/\\/x/?a=1&amp;b'>three</a>");
  check(has(page, "one <b>t<b>wo!"));
  check(has(page, "\n\n see \n\n"));
  check(has(page, "var x = '&amp;';"));
  check(has(page, "\n\na<b\n\n"));
  check(has(page, "http:\\/\\/x/?a=1&b"));
  const std::string table = text("<table><tr><td>one<td>two</table>");
  const auto one = table.find("one"), two = table.find("two");
  check(one < two && two < table.size() && has(table.substr(one, two - one), "\n\n"));

  HtmlLimits hasty;
  hasty.cpu_seconds = 1;
  hasty.seconds = 1;
  for (const char* hangs : {"<tr><dl></table>", "<tr\t<a><dd></table>", "<body><tr><dl></table>"})
    check(text(hangs, hasty) == "refused: parsing the page took too long");

  check(depth_of("<div><p><p><br><div></div></div>") == 2);
  check(has(text(std::string(1, 'x') +
                 [] {
                   std::string deep;
                   for (int i = 0; i < 1'000'000; ++i) deep += "<div>";
                   return deep;
                 }()),
            "refused: "));
  HtmlLimits small;
  small.bytes = 10;
  check(has(text("<p>more than that</p>", small), "refused: the page has more"));
#ifndef __SANITIZE_ADDRESS__
  HtmlLimits poor;
  poor.memory = 1 << 20;
  check(has(text("<p>" + std::string(3 << 20, 'x'), poor), "refused: parsing the page "));
#endif
  check(has(text(std::string_view{"\0\xff<p>x\xc3", 7}), "x"));
  check(text("").find("refused") == std::string::npos);
  return failures != 0;
}
