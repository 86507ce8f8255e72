// Counted things have the right form in every site language.
#include "pages/plural.hpp"

#include <cstdio>

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

static std::string of(std::string_view language, std::string_view forms, std::int64_t count) {
  return counted(forms, language, count, std::to_string(count));
}

int main() {
  for (const char* language : {"en", "de", "es", "eo"}) {
    check(of(language, "# person|# people", 1) == "1 person");
    check(of(language, "# person|# people", 0) == "0 people");
    check(of(language, "# person|# people", 21) == "21 people");
  }
  for (const char* language : {"fr", "pt"}) {
    check(of(language, "#a|#b", 0) == "0a");
    check(of(language, "#a|#b", 1) == "1a");
    check(of(language, "#a|#b", 2) == "2b");
  }
  const auto forms = [](std::string_view language, std::initializer_list<std::int64_t> counts) {
    std::string all;
    for (const std::int64_t count : counts) all += counted("a|b|c|d|e|f", language, count, "");
    return all;
  };
  check(forms("ru", {1, 21, 101, 2, 4, 23, 0, 5, 11, 12, 14, 111, 112}) == "aaabbbccccccc");
  check(forms("cs", {1, 2, 4, 0, 5, 21, 22}) == "abbcccc");
  check(forms("ar", {0, 1, 2, 3, 10, 103, 11, 99, 111, 100, 102, 200}) == "abcdddeeefff");
  check(forms("zh", {0, 1, 2, 100}) == "aaaa" && forms("fa", {0, 1, 2, 100}) == "aaaa");
  check(of("ru", "one form: #", 5) == "one form: 5");
  check(counted("# людей|", "en", 1, "1") == "1 людей");
  return failures != 0;
}
