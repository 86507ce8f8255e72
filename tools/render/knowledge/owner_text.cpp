#include "knowledge/owner_text.hpp"

#include <algorithm>

#include "text/fold.hpp"

namespace {

constexpr std::size_t kMostLanguages = 8;
constexpr std::string_view kWideHash = "\xEF\xBC\x83";  // U+FF03, of an East Asian keyboard
constexpr std::string_view kSpaces[] = {" ", "\t", "\n", "\r", "\xC2\xA0", "\xE3\x80\x80"};
constexpr std::string_view kBetween[] = {",", ";", "|", "\xE3\x80\x81", "\xC2\xB7"};

template <std::size_t n>
bool drop_one(std::string_view& text, const std::string_view (&ends)[n]) {
  for (const std::string_view end : ends)
    if (text.ends_with(end)) {
      text.remove_suffix(end.size());
      return true;
    }
  return false;
}

// The last word of `text`, which is cut off from it.
std::string_view take_last_word(std::string_view& text) {
  std::string_view before = text;
  for (;;) {
    std::string_view rest = before;
    if (before.empty() || drop_one(rest, kSpaces) || drop_one(rest, kBetween)) break;
    before.remove_suffix(1);
  }
  const std::string_view word = text.substr(before.size());
  text = before;
  return word;
}

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return '0' <= c && c <= '9'; });
}

// The tags glued into one word ("#a#b"), without their signs, or nothing if the
// word is no hashtag. "#1" is a rank, not a tag.
std::vector<std::string> hashtags_in(std::string_view word) {
  std::vector<std::string> tags;
  while (!word.empty()) {
    if (word.starts_with('#'))
      word.remove_prefix(1);
    else if (word.starts_with(kWideHash))
      word.remove_prefix(kWideHash.size());
    else
      return {};
    const std::size_t end = std::min(word.find('#'), word.find(kWideHash));
    tags.emplace_back(word.substr(0, end));
    word.remove_prefix(std::min(end, word.size()));
    if (is_number(tags.back())) return {};
  }
  return tags;
}

void take_tag(std::string_view text, OwnerText& owner) {
  std::string folded = fold_case(text);
  while (!folded.empty() && (folded.back() == '.' || folded.back() == '!')) folded.pop_back();
  if (folded.starts_with("lang:")) {
    std::string code = folded.substr(5);
    std::replace(code.begin(), code.end(), '_', '-');
    if (owner.languages.size() < kMostLanguages) owner.languages.push_back(std::move(code));
    return;
  }
  std::string tag = normalised_tag(folded);
  if (tag == "unlisted") {
    owner.unlisted = true;
    return;
  }
  owner.nsfw = owner.nsfw || tag == "nsfw";
  owner.test = owner.test || tag == "test";
  if (!tag.empty() && owner.tags.size() < kMostTags &&
      std::find(owner.tags.begin(), owner.tags.end(), tag) == owner.tags.end())
    owner.tags.push_back(std::move(tag));
}

}  // namespace

std::string normalised_tag(std::string_view text) {
  if (text.size() > 8 * kLongestTag) return {};
  std::string plain = fold_case(text);
  for (std::size_t at; (at = plain.find('+')) != plain.npos;) plain.replace(at, 1, "plus");
  plain = fold_case(plain);  // a mark that stood on a plus stands on a letter now
  std::string tag;
  for (const std::string_view word : words_of(plain)) {
    if (!tag.empty()) tag += '-';
    tag += word;
  }
  if (is_number(tag) || characters_in(tag) > kLongestTag) return {};
  return tag;
}

OwnerText read_owner_text(std::string_view description) {
  std::vector<std::string> found;  // the last one first
  std::string_view kept = description;
  for (std::string_view text = description; !text.empty();) {
    while (drop_one(text, kSpaces) || drop_one(text, kBetween)) {
    }
    auto tags = hashtags_in(take_last_word(text));
    if (tags.empty()) break;
    found.insert(found.end(), tags.rbegin(), tags.rend());
    kept = text;
  }
  OwnerText owner;
  for (auto tag = found.rbegin(); tag != found.rend(); ++tag) take_tag(*tag, owner);
  if (!found.empty())
    while (drop_one(kept, kSpaces)) {
    }
  owner.description = kept;
  return owner;
}
