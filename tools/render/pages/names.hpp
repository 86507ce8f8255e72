// The names of the site's files, relative to the top of a site language. No text
// of strangers becomes a name, unless it is of letters, digits, `-` and `_`.
#pragma once

#include <string>
#include <string_view>

// TOKEN+HEX, where TOKEN is [0-9A-Za-z_-]{1,64} and HEX 8 to 64 lower-case hex digits.
bool is_identifier(std::string_view text);
bool is_server_id(std::string_view text);  // 8 to 64 lower-case hex digits

// What the files of a Community are called, without folder and extension: the
// identifier, with a `~` and the small letter for each capital, since not every
// disk can tell capitals: "Cats+0123abcd" -> "~cats+0123abcd".
std::string stem_of(std::string_view identifier);

std::string community_file(std::string_view identifier);  // c/STEM.html
std::string qr_file(std::string_view identifier);         // c/STEM.svg
std::string badge_file(std::string_view identifier);      // badge/STEM.svg
std::string lookup_file(std::string_view public_key);     // lookup/XX.json
std::string language_stem(std::string_view code);         // language-CODE
std::string tag_stem(std::string_view tag);           // tag-TAG; tag_HASH if it has other letters
std::string server_stem(std::string_view server_id);  // server-ID
std::string page_file(std::string_view stem, std::size_t page);  // STEM.html, STEM_2.html, …
