// What owners say at the end of their description: it is cut off once, and tags
// are in their one form.
#include <set>

#include "fuzz.hpp"
#include "knowledge/owner_text.hpp"
#include "text/fold.hpp"

static OwnerText read(std::string_view description) {
  return read_owner_text("", description, {{"tags"}, {"lang"}},
                         [](const std::string& text) { return text == "de"; });
}

FUZZ(text) {
  const std::string description = clean_text(text, 1000, Lines::many).text;
  const OwnerText owner = read(description);
  expect(description.starts_with(owner.description));
  expect(read(owner.description).description == owner.description);
  expect(owner.tags.size() <= kMostTags);
  std::set<std::string> seen;
  for (const std::string& tag : owner.tags) {
    expect(seen.insert(tag).second);
    expect(!tag.empty() && characters_in(tag) <= kLongestTag);
    expect(normalised_tag(tag) == tag);
    expect(tag.find_first_of("<>&\"' /#") == tag.npos);
  }
  for (const std::string& code : owner.languages) expect(is_utf8(code));
}
