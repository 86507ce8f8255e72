#include "knowledge/owner_text.hpp"

#include <algorithm>
#include <optional>

#include "text/characters.hpp"
#include "text/fold.hpp"

namespace {

constexpr std::size_t kMostLanguages = 8;
constexpr std::size_t kLongestLanguage = 24;  // characters: "brazilian portuguese"
struct Words {
  const OwnerLabels& labels;
  const IsLanguage& is_language;
};

// Also of an East Asian keyboard.
bool is_hash(char32_t c) { return c == '#' || c == 0xFF03; }
bool is_colon(char32_t c) { return c == ':' || c == 0xFF1A; }
bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x3000;
}
bool is_comma(char32_t c) {
  return c == ',' || c == ';' || c == '|' || c == 0x3001 || c == 0xFF0C || c == 0xB7;
}

bool is_and(char32_t c) { return c == '&' || c == '+' || c == '/' || c == 0xFF06; }

template <class Test>
bool drop_while(std::string_view& text, const Test& test) {
  const std::size_t before = text.size();
  while (!text.empty() && test(last_character(text).code))
    text.remove_suffix(std::min(last_character(text).size, text.size()));
  return text.size() != before;
}

bool is_gap(char32_t c) { return is_space(c) || is_comma(c); }

// Cuts the last word off `text` and returns it. "标签：#猫" is two words.
std::string_view take_last_word(std::string_view& text) {
  std::string_view before = text;
  drop_while(before, [](char32_t c) { return !is_gap(c); });
  for (const std::string_view colon : {":", "：", "="})
    for (const std::string_view hash : {"#", "＃"})
      if (const auto at = text.find(std::string{colon} + std::string{hash}, before.size());
          at != text.npos)
        before = text.substr(0, at + colon.size());
  const std::string_view word = text.substr(before.size());
  text = before;
  return word;
}

// Brackets, quotes, points, emoji: what may stand around tags.
bool is_decoration(char32_t c) { return !is_of_word(c) && !is_hash(c) && c != '+' && !is_colon(c); }

// "(#fishing)!" -> "#fishing". A flag stays, because "#🇩🇪" and "#lang:🇩🇪" are tags.
std::string_view undecorated(std::string_view word) {
  while (!word.empty() && is_decoration(character_at(word, 0).code))
    word.remove_prefix(character_at(word, 0).size);
  std::string_view bare = word;
  drop_while(bare, is_decoration);
  const char32_t last = last_character(bare).code;
  return is_hash(last) || is_colon(last) ? word : bare;
}

bool is_decoration_or_space(char32_t c) {
  return is_space(c) || c == '(' || c == '[' || c == '-' || c == 0x2013 || c == 0x2014;
}

// "Tags: #fishing", "Tags - #fishing"
bool is_behind_label(char32_t c) {
  return is_colon(c) || c == '=' || c == '-' || c == 0x2013 || c == 0x2014;
}

// Two regional indicators, as fold_case() leaves them.
bool is_flag(std::string_view text) {
  return text.size() == 8 && text.starts_with("\xF0\x9F\x87") &&
         text.substr(4).starts_with("\xF0\x9F\x87");
}

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return '0' <= c && c <= '9'; });
}

// The tags glued into one word ("#a#b"), without their signs, or nothing if the
// word is no hashtag. "#1" is a rank, not a tag.
std::vector<std::string> hashtags_in(std::string_view word) {
  if (word.empty() || !is_hash(character_at(word, 0).code)) return {};
  std::vector<std::string> tags;
  for (std::size_t at = 0; at < word.size();) {
    const Character character = character_at(word, at);
    if (is_hash(character.code))
      tags.emplace_back();
    else
      tags.back() += word.substr(at, character.size);
    at += character.size;
  }
  for (const std::string& tag : tags)
    if (is_number(tag)) return {};
  return tags;
}

// "de", "pt_br", "de/fr": one or several.
std::vector<std::string> languages_in(std::string_view written) {
  std::vector<std::string> languages;
  while (!written.empty()) {
    const std::size_t end = std::min(written.find_first_of("/+&,;|"), written.size());
    std::string code{written.substr(0, end)};
    written.remove_prefix(std::min(end + 1, written.size()));
    std::replace(code.begin(), code.end(), '_', '-');
    if (!code.empty() && characters_in(code) <= kLongestLanguage)
      languages.push_back(std::move(code));
  }
  return languages;
}

// What stands behind "lang:", "language=" or a similar label; nothing for another tag. `folded`.
std::optional<std::vector<std::string>> language_value(std::string_view folded,
                                                       const Words& words) {
  for (const std::string& label : words.labels.languages) {
    if (!folded.starts_with(label) || folded.size() == label.size()) continue;
    const Character sign = character_at(folded, label.size());
    auto languages = languages_in(folded.substr(label.size() + sign.size));
    if (is_colon(sign.code) || sign.code == '=') return languages;
    // "#lang-de" is "#lang:de", "#lang-club" and "#language-exchange" are tags.
    if ((sign.code == '-' || sign.code == '_') && !languages.empty() &&
        std::all_of(languages.begin(), languages.end(), words.is_language))
      return languages;
  }
  return {};
}

bool is_language_label(std::string_view text, const Words& words) {
  const auto& labels = words.labels.languages;
  return std::find(labels.begin(), labels.end(), fold_case(text)) != labels.end();
}

bool is_language_tag(std::string_view word, const Words& words) {
  const auto tags = hashtags_in(word);
  return !tags.empty() && (language_value(fold_case(tags.back()), words).has_value() ||
                           is_language_label(tags.back(), words));
}

void take_languages(const std::vector<std::string>& written, OwnerText& owner) {
  for (const std::string& language : written)
    if (owner.languages.size() < kMostLanguages) owner.languages.push_back(language);
}

void take_tag(std::string_view text, const Words& words, OwnerText& owner) {
  const std::string folded = fold_case(is_flag(text) ? text : undecorated(text));
  if (const auto value = language_value(folded, words)) return take_languages(*value, owner);
  if (is_flag(folded)) return take_languages({folded}, owner);
  std::string tag = normalised_tag(folded);
  if (tag != "unlisted" && !tag.empty() && owner.tags.size() < kMostTags &&
      std::find(owner.tags.begin(), owner.tags.end(), tag) == owner.tags.end())
    owner.tags.push_back(std::move(tag));
}

// The hashtags at the end, the last one first, and where they begin. "#lang: de", "#lang de" and
// "#lang:de, fr & en" are several words and several tags.
std::vector<std::string> tags_at_end(std::string_view& text, const Words& words) {
  std::vector<std::string> found, values;
  for (std::string_view rest = text; !rest.empty();) {
    drop_while(rest, is_gap);
    const std::string_view word = undecorated(take_last_word(rest));
    if (word.empty()) continue;  // an emoji, a bracket
    auto tags = hashtags_in(word);
    if (tags.empty()) {
      std::string_view before = rest;
      drop_while(before, is_space);
      const bool is_listed =
          is_comma(last_character(before).code) ||
          (is_and(last_character(before).code) && words.is_language(fold_case(word)));
      std::string_view label = before;
      const std::string_view last = take_last_word(label);
      const bool is_value = is_language_tag(last, words) && (is_colon(last_character(last).code) ||
                                                             words.is_language(fold_case(word)));
      if ((!is_listed && !is_value) || values.size() >= kMostLanguages) break;
      values.push_back("lang:" + std::string{word});
      continue;
    }
    if (!values.empty()) {
      if (!is_language_tag(word, words)) break;
      found.insert(found.end(), values.begin(), values.end());
      values.clear();
      if (is_language_label(tags.back(), words)) tags.back() += ':';
    }
    found.insert(found.end(), tags.rbegin(), tags.rend());
    text = rest;
  }
  return found;
}

// Does the text end with "Tags:" or a similar word? Cuts it off.
bool drop_label(std::string_view& text, const OwnerLabels& labels) {
  drop_while(text, is_space);
  std::string_view before = text;
  if (!drop_while(before, [](char32_t c) { return is_behind_label(c) || is_space(c); }))
    return false;
  for (const std::string& label : labels.tags) {
    if (before.size() < label.size()) continue;
    const std::string_view left = before.substr(0, before.size() - label.size());
    if (fold_case(before.substr(left.size())) != label ||
        (is_of_word(last_character(left).code) && !is_unspaced(last_character(left).code)))
      continue;
    text = left;
    drop_while(text, is_decoration_or_space);
    return true;
  }
  return false;
}

// Is "#WORD" in the text, as a whole word? Not in an address, where it names a part of a page.
bool has_hashtag(std::string_view text, std::string_view word) {
  const std::string folded = fold_case(text);
  for (std::size_t at = 0; (at = folded.find('#', at)) != folded.npos; ++at) {
    const std::string_view rest = std::string_view{folded}.substr(at + 1);
    if (!rest.starts_with(word)) continue;
    const std::string_view behind = rest.substr(word.size());
    const auto is_word_at = [&](std::size_t i) {
      return i < behind.size() && is_of_word(character_at(behind, i).code);
    };
    const bool goes_on = is_word_at(0) || (!behind.empty() &&
                                           (behind[0] == '-' || behind[0] == '_') && is_word_at(1));
    const std::size_t begin = folded.find_last_of(" \n\t(", at) + 1;  // npos + 1 is 0
    if (!goes_on && folded.substr(begin, at - begin).find("://") == folded.npos) return true;
  }
  return false;
}

// "#lang:de" at the beginning or within the text.
void take_languages_anywhere(std::string_view text, const Words& words, OwnerText& owner) {
  std::vector<std::string> found;  // the last one first
  while (!text.empty()) {
    drop_while(text, is_gap);
    const auto tags = hashtags_in(undecorated(take_last_word(text)));
    found.insert(found.end(), tags.rbegin(), tags.rend());
  }
  for (auto tag = found.rbegin(); tag != found.rend(); ++tag)
    if (const auto value = language_value(fold_case(*tag), words)) take_languages(*value, owner);
}

// Does it end with a word such as "language"?
bool ends_with_label(std::string_view folded, const Words& words) {
  for (const std::string& label : words.labels.languages)
    if (folded.ends_with(label) &&
        !is_of_word(last_character(folded.substr(0, folded.size() - label.size())).code))
      return true;
  return false;
}

bool ends_statement(char32_t c) {
  return c == '\n' || c == '.' || c == '!' || c == '?' || c == 0x3002;
}

// The names at the beginning of `rest`, which is folded, as long as they are languages. A code is
// no name: "Bad language: no".
void take_names(std::string_view rest, const Words& words, OwnerText& owner) {
  std::string name;
  for (bool is_over = false; !is_over && owner.languages.size() < kMostLanguages;) {
    const Character next = character_at(rest, 0);
    is_over = rest.empty() || ends_statement(next.code);
    if (is_over || is_comma(next.code) || is_and(next.code)) {
      const std::string_view bare = undecorated(name);
      if (bare.size() <= 3 || !words.is_language(std::string{bare})) return;
      take_languages({std::string{bare}}, owner);
      name.clear();
    } else {
      name += rest.substr(0, next.size);
      if (name.size() > 4 * kLongestLanguage) return;
    }
    rest.remove_prefix(std::min(next.size, rest.size()));
  }
}

// "Language: German", "Sprachen: Deutsch, Englisch": without a hash, only names of languages.
void take_stated_languages(std::string_view text, const Words& words, OwnerText& owner) {
  const std::string folded = fold_case(text);
  for (std::size_t at = 0; at < folded.size() && owner.languages.size() < kMostLanguages;) {
    const Character character = character_at(folded, at);
    if (is_colon(character.code)) {
      std::string_view before = std::string_view{folded}.substr(0, at);
      drop_while(before, is_space);
      if (ends_with_label(before, words))
        take_names(std::string_view{folded}.substr(at + character.size), words, owner);
    }
    at += character.size;
  }
}

}  // namespace

std::string normalised_tag(std::string_view text) {
  if (text.size() > 8 * kLongestTag) return {};
  std::string plain = fold_case(text);
  for (std::size_t at; (at = plain.find('+')) != plain.npos;) plain.replace(at, 1, "plus");
  plain = fold_case(plain);  // again: a mark behind a removed plus now stands behind a letter
  std::string tag;
  for (const std::string_view word : words_of(plain)) {
    if (!tag.empty()) tag += '-';
    tag += word;
  }
  if (is_number(tag) || characters_in(tag) > kLongestTag) return {};
  return tag;
}

std::string tag_key(std::string_view text) {
  std::string key = fold(text);
  std::erase(key, '-');
  const bool is_plural =
      key.size() > 3 && key.ends_with('s') && key != "news" &&
      std::string_view{"sui"}.find(key[key.size() - 2]) == std::string_view::npos;
  if (is_plural) key.pop_back();
  for (const std::string_view end : {"xe", "che", "she", "sse"})  // "boxes"
    if (key.ends_with(end)) key.pop_back();
  if (key.size() > 3 && key.ends_with("ie")) key.pop_back();  // "cities"
  if (key.size() > 3 && key.ends_with('y')) key.back() = 'i';
  return key;
}

OwnerText read_owner_text(std::string_view name, std::string_view description,
                          const OwnerLabels& labels, const IsLanguage& is_language) {
  const Words words{labels, is_language};
  OwnerText owner;
  std::string_view kept = description;
  std::vector<std::string> found;
  do {
    const auto more = tags_at_end(kept, words);
    if (more.empty()) break;
    found.insert(found.end(), more.begin(), more.end());
  } while (drop_label(kept, labels));
  for (auto tag = found.rbegin(); tag != found.rend(); ++tag) take_tag(*tag, words, owner);
  if (owner.languages.empty()) take_languages_anywhere(kept, words, owner);
  if (owner.languages.empty()) take_stated_languages(kept, words, owner);
  owner.description = kept;
  for (const std::string_view text : {name, description}) {
    owner.unlisted = owner.unlisted || has_hashtag(text, "unlisted");
    owner.nsfw = owner.nsfw || has_hashtag(text, "nsfw");
    owner.test = owner.test || has_hashtag(text, "test");
  }
  return owner;
}
