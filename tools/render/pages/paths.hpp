// The names of the site's files, relative to the top of a site language. Text from strangers
// becomes part of a name only if it consists of letters, digits, `-` and `_`.
#pragma once

#include <string>
#include <string_view>

// The name of a Community's files, without folder and extension: the identifier, with `~` and the
// lower-case letter for each capital, because some file systems ignore case: "Cats+0123abcd" ->
// "~cats+0123abcd".
std::string stem_of(std::string_view identifier);

std::string community_file(std::string_view identifier);  // c/STEM.html
std::string qr_file(std::string_view identifier);         // c/STEM.png
std::string badge_file(std::string_view identifier);      // badge/STEM.svg
std::string lookup_file(std::string_view public_key);     // lookup/XX.json
std::string language_stem(std::string_view code);         // language-CODE
std::string topic_stem(std::string_view id);              // topic-ID
std::string tag_stem(std::string_view tag);           // tag-TAG; tag_BASE32 if it has other letters
std::string server_stem(std::string_view server_id);  // server-ID
std::string page_file(std::string_view stem);         // STEM.html
// Of the pages of a long list: FILE, FILE_2, … ("tags.html" -> "tags_2.html").
std::string numbered(std::string_view file, std::size_t page);
