// The inside of a reply: bencode has one spelling, and what is taken for a reply is one.
#include "fuzz.hpp"
#include "sogs/batch.hpp"
#include "sogs/bencode.hpp"

FUZZ(text) {
  const auto strings = parse_bencoded(text);
  if (strings) expect(bencode(*strings) == text);
  expect(parse_bencoded(bencode({text, text}))->at(1) == text);

  if (const auto reply = parse_v4_reply(text)) {
    expect(strings && strings->size() == 2 && reply->body == (*strings)[1]);
    expect(reply->code >= 100 && reply->code <= 599);
    expect(reply->headers.object());
    text_of(inner_answer(*reply));
  }
  for (std::size_t count : {1, 2})
    if (const auto answers = parse_batch({200, Json{Json::Object{}}, std::string{text}}, count)) {
      expect(answers->size() == count);
      for (const InnerAnswer& answer : *answers) text_of(answer);
    }
}
