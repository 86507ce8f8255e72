// Bytes in any encoding become valid UTF-8 without NUL. The first line is the
// Content-Type, the rest the body.
#include "../../tools/fetch-sources/charset.hpp"

#include "fuzz.hpp"

FUZZ(text) {
  const std::string_view content_type = take_line(text);
  const std::string body = to_utf8(text, content_type);
  expect(is_utf8(body));
  expect(body.find('\0') == body.npos);
  expect(body.size() <= 4 * text.size() + 3);
  const std::string type = media_type_of(content_type);
  expect(media_type_of(type) == type);
  is_text(type);
}
