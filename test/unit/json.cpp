// JSON values survive a round trip; hostile text is refused with a reason.
#include "ndjson/json.hpp"

#include <cstdio>

#include "record/annotation.hpp"
#include "record/page.hpp"
#include "record/server.hpp"
#include "record/source.hpp"

static int failures = 0;
#define check(claim) \
  ((claim) ? void() : (++failures, void(std::printf("%s:%d: %s\n", __FILE__, __LINE__, #claim))))

static std::string again(std::string_view text) {
  const auto json = parse_json(text);
  return json ? to_text(*json) : "refused: " + json.reason();
}

int main() {
  check(again("{\"a\":[1,1.50,12345678901234567890123,1e300,-0]}") ==
        "{\"a\":[1,1.50,12345678901234567890123,1e300,-0]}");
  check(again("\"\\u00e9\\/\"") == "\"é/\"");
  for (char c = 1; c < 0x20; ++c) {  // as text and in long runs, where libraries take short cuts
    const Json control{"0123456789abcdef" + std::string(40, c) + "0123456789abcdef"};
    const auto same = parse_json(to_text(control));
    check(same && *same == control);
    check(to_text(control).find(c) == std::string::npos);
  }
  check(again("{\"a\":1}x").rfind("refused", 0) == 0);
  check(again(std::string_view{"{\"a\":1}\0x", 9}).rfind("refused", 0) == 0);
  check(again("\"\xff\"").rfind("refused", 0) == 0);
  check(again(std::string(1'000'000, '[')) == "refused: nested more than 64 deep");
  check(again(std::string(100'000, '{')).rfind("refused", 0) == 0);

  check(again("\"\\udc00\"") == "refused: half of a surrogate pair");
  check(again("\"\\ud83d\\ude00\"") == "\"😀\"");

  JsonText text;
  const auto view = text.read(
      "{\"a\":[1.50,{\"body\":\"x\"},[]],\"body\":\"t\\u00e9\\n\",\"z\":-1,\"t\":true,\"n\":null}");
  check(view && view->find("body")->string() == "té\n" && view->find("z")->integer() == -1);
  check(view->find("t")->boolean() == true && !view->find("n")->boolean() && !view->find("x"));
  check(text.take("body") == "té\n" && text.take("z").empty());
  check(to_text(view->json()) ==
        "{\"a\":[1.50,{\"body\":\"x\"},[]],\"body\":\"\",\"z\":-1,\"t\":true,\"n\":null}");
  for (std::string_view bad :
       {"{\"body\":\"\xff\"}", "{\"body\":\"\xed\xa0\x80\"}", "{\"body\":\"\xc3\"}",
        "{\"body\":1}x", "{\"body\":\"\\ud800\"}", "{\"body\":\"\\udc00\"}", "{\"body\":\"",
        "{\"body\":\"\n\"}", "", "{"})
    check(!text.read(bad));

  const std::string line =
      "{\"kind\":\"server\",\"base_url\":\"https://"
      "a.example\",\"rooms\":[{\"token\":\"x\",\"later\":[1.0]}],"
      "\"tomorrow\":{\"n\":1.10}}";
  check(to_text(from_json<Server>(*text.read(line))) == line);
  try {
    from_json<Server>(*text.read("{\"base_url\":\"\",\"rooms\":[{\"token\":1}]}"));
    check(false);
  } catch (const BadLine& bad) {
    check(bad.why == "\"rooms[0].token\" should be a string");
  }
  return failures != 0;
}
