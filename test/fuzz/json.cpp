// JSON: what is read, written and read again is the same, also where it is not
// copied, and where a server's is mended first.
#include "ndjson/json.hpp"

#include "fuzz.hpp"
#include "sogs/api_json.hpp"

FUZZ(text) {
  const auto json = parse_json(text);
  if (json) {
    const auto again = parse_json(to_text(*json));
    expect(again && *again == *json);
    expect(to_text(*again) == to_text(*json));
  }
  JsonText memory;
  const auto view = memory.read(text);
  expect(bool{view} == bool{json});
  if (view) {
    expect(view->json() == *json);
    const Json* body = json->find("body");
    const std::string_view taken = memory.take("body");
    expect(taken.empty() || (body && body->string()));
  }
  if (const auto api = parse_api_json(text)) {
    const auto strict = parse_json(text, kApiLimits);
    expect(!strict || *strict == *api);
    const auto again = parse_json(to_text(*api), kApiLimits);
    expect(again && *again == *api);
  } else {
    expect(!parse_json(text, kApiLimits));
  }
}
