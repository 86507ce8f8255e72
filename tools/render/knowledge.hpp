// What people know: the NDJSON files of languages/ and sites/ with the kinds
// `annotation`, `language`, `reason` and `tag` (languages/README.md).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "language/registry.hpp"
#include "record/annotation.hpp"

// How a language is called and decorated.
struct LanguageName {
  static constexpr std::string_view kKind = "language";
  std::string code;  // BCP 47
  std::string name;  // in itself
  std::string english;
  std::optional<std::string> flag;  // decoration only

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("code", self.code);
    visit("name", self.name);
    visit("english", self.english);
    visit("flag", self.flag);
  }
};

// Why something is hidden, adult, pinned or official: a paragraph of the criteria page.
struct ReasonText {
  static constexpr std::string_view kKind = "reason";
  std::string code;
  std::string title;
  std::string text;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("code", self.code);
    visit("title", self.title);
    visit("text", self.text);
  }
};

// A word for tags: what else means it, whether it marks adult rooms (then it and
// its synonyms are looked for in names too, unless `only_tags`), whether only
// curators may give it.
struct TagWord {
  static constexpr std::string_view kKind = "tag";
  std::string tag;
  std::vector<std::string> also;
  std::optional<bool> adult, only_tags, reserved;
  std::optional<std::string> note;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("tag", self.tag);
    visit("also", self.also);
    visit("adult", self.adult);
    visit("only_tags", self.only_tags);
    visit("reserved", self.reserved);
    visit("note", self.note);
  }
};

// An annotation and where it stands.
struct KnownLine {
  Annotation annotation;  // languages and tags in their usual spelling, selector folded
  std::string place;      // "sites/policy.ndjson:3"
};

// What it speaks of.
const std::string& selector_of(const Annotation& line);

class Knowledge {
 public:
  // `files`: NDJSON in any order, and the registry of language codes (its name ends
  // in .tsv). Throws Failure naming file and line for a line that can't be used:
  // another kind, no selector or two, a code that is not in the registry, a reason
  // that no file explains, a code, reason or tag explained twice.
  explicit Knowledge(const std::vector<std::string>& files);

  const std::vector<KnownLine>& lines() const { return lines_; }
  // The lines (their indexes) with this selector, in the order of the files.
  const std::vector<std::size_t>& by_identifier(std::string_view identifier) const;
  const std::vector<std::size_t>& by_host(std::string_view host) const;
  const std::vector<std::size_t>& by_key(std::string_view key) const;
  std::vector<std::size_t> by_server(std::string_view key) const;  // whose id begins this key

  // Null when nobody named it. `pt-BR` falls back to `pt`.
  const LanguageName* language(std::string_view code) const;
  const LanguageRegistry& registry() const { return registry_; }

  const std::vector<ReasonText>& reasons() const { return reasons_; }  // as in the files
  const ReasonText* reason(std::string_view code) const;

  // The word that stands for this normalised tag: itself, unless it is a synonym.
  std::string tag_for(std::string_view tag) const;
  bool is_reserved(std::string_view tag) const { return reserved_.count(std::string{tag}) > 0; }
  bool is_adult(std::string_view tag) const { return adult_tags_.count(std::string{tag}) > 0; }
  const std::vector<std::string>& adult_words() const { return adult_words_; }  // facts.hpp

 private:
  using Index = std::unordered_map<std::string, std::vector<std::size_t>>;
  static const std::vector<std::size_t>& found(const Index& index, std::string_view key);
  void add_annotation(Annotation annotation, const std::string& place);
  void add_language(LanguageName language);
  void add_reason(ReasonText reason);
  void add_tag_word(const TagWord& word);
  std::string known_code(std::string_view code) const;

  LanguageRegistry registry_;
  std::vector<KnownLine> lines_;
  Index by_identifier_, by_host_, by_key_, by_server_;
  std::unordered_map<std::string, LanguageName> languages_;
  std::vector<ReasonText> reasons_;
  std::unordered_map<std::string, std::string> tag_for_;
  std::set<std::string> reserved_, adult_tags_;
  std::vector<std::string> adult_words_;
};

// The files of an installation: every .ndjson and .tsv of the folder `languages`,
// reasons.ndjson of `sites` if it is there, and the policy, which must be there.
// An empty name stands for none.
std::vector<std::string> knowledge_files(const std::string& languages, const std::string& sites,
                                         const std::string& policy);
