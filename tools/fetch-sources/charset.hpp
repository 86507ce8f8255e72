// Pages come in any encoding; records are UTF-8.
#pragma once

#include <string>
#include <string_view>

// The text of a body, as valid UTF-8 without NUL; what cannot be read is U+FFFD. The first of
// these names the encoding:
//
//   1. the byte order mark
//   2. the body, if it is valid UTF-8, whatever its header says: a wrong name would lose links
//   3. `content_type` ("text/html; charset=koi8-r")
//   4. a <meta> element or the XML declaration
//   5. windows-1252
//
// JSON is always UTF-8. Only names of the Encoding Standard are accepted: names come from
// strangers, and iconv knows encodings that no page should use.
std::string to_utf8(std::string_view body, std::string_view content_type);

// "text/html" of " Text/HTML; charset=x"; "" if it is not a media type.
std::string media_type_of(std::string_view content_type);

// Whether a body of this type is text that can hold join links ("" may be anything).
bool is_text(std::string_view media_type);
