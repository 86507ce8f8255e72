// Pages come in any encoding; records are UTF-8.
#pragma once

#include <string>
#include <string_view>

// The text of a body, as valid UTF-8 without NUL; what can't be read is U+FFFD. The
// encoding is the one of the byte order mark, else UTF-8 if the body is valid (whatever
// it is said to be: a wrong name would cost links), else that of `content_type`
// ("text/html; charset=koi8-r"), else what the page says in a <meta> or an XML
// declaration, else windows-1252. JSON is UTF-8 always. Names of encodings are those of
// the Encoding Standard; others are ignored, for what libraries do with a name from a
// stranger is not to be found out.
std::string to_utf8(std::string_view body, std::string_view content_type);

// "text/html" of " Text/HTML; charset=x"; "" for what is no media type.
std::string media_type_of(std::string_view content_type);

// Whether join links could be read in a body of this type ("" may be anything).
bool is_text(std::string_view media_type);
