// The records: what is read and written again is the same.
#include "fuzz.hpp"
#include "record/annotation.hpp"
#include "record/page.hpp"
#include "record/server.hpp"
#include "record/source.hpp"

template <class Record>
static void round_trip(const JsonView& json) {
  Record record;
  try {
    record = from_json<Record>(json);
  } catch (const BadLine&) {
    return;
  }
  const std::string text = to_text(record);
  JsonText memory;
  const auto again = memory.read(text);
  expect(again && to_text(from_json<Record>(*again)) == text);
}

FUZZ(text) {
  JsonText memory;
  const auto json = memory.read(text);
  if (!json || !json->object()) return;
  round_trip<Server>(*json);
  round_trip<Join>(*json);
  round_trip<Page>(*json);
  round_trip<Source>(*json);
  round_trip<Annotation>(*json);
}
