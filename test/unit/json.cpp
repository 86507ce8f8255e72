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
  check(again("{\"a\":1}x").rfind("refused", 0) == 0);
  check(again(std::string_view{"{\"a\":1}\0x", 9}).rfind("refused", 0) == 0);
  check(again("\"\xff\"").rfind("refused", 0) == 0);
  check(again(std::string(1'000'000, '[')) == "refused: nested more than 64 deep");
  check(again(std::string(100'000, '{')).rfind("refused", 0) == 0);

  const std::string line =
      "{\"kind\":\"server\",\"base_url\":\"https://"
      "a.example\",\"rooms\":[{\"token\":\"x\",\"later\":[1.0]}],"
      "\"tomorrow\":{\"n\":1.10}}";
  check(to_text(to_json(from_json<Server>(*parse_json(line)))) == line);
  try {
    from_json<Server>(*parse_json("{\"base_url\":\"\",\"rooms\":[{\"token\":1}]}"));
    check(false);
  } catch (const BadLine& bad) {
    check(bad.why == "\"rooms[0].token\" should be a string");
  }
  return failures != 0;
}
