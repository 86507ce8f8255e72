// The NDJSON reader and the records: what is read and written again is the same.
#include <cstdint>
#include <cstdlib>

#include "record/annotation.hpp"
#include "record/page.hpp"
#include "record/server.hpp"
#include "record/source.hpp"

template <class Record>
static void round_trip(const Json& json) {
  Record record;
  try {
    record = from_json<Record>(json);
  } catch (const BadLine&) {
    return;
  }
  const std::string text = to_text(to_json(record));
  const auto again = parse_json(text);
  if (!again || to_text(to_json(from_json<Record>(*again))) != text) std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = parse_json({reinterpret_cast<const char*>(data), size});
  if (!json) return 0;
  const auto again = parse_json(to_text(*json));
  if (!again || !(*again == *json)) std::abort();
  if (!json->object()) return 0;
  round_trip<Server>(*json);
  round_trip<Join>(*json);
  round_trip<Page>(*json);
  round_trip<Source>(*json);
  round_trip<Annotation>(*json);
  return 0;
}
