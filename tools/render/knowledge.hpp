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

// A word for tags: what else means it, whether it marks adult rooms (then it is
// looked for in names too), whether only curators may give it.
struct TagWord {
  static constexpr std::string_view kKind = "tag";
  std::string tag;
  std::vector<std::string> also;
  std::optional<bool> adult, reserved;
  std::optional<std::string> note;

  template <class Self, class Visit>
  static void each_field(Self& self, Visit&& visit) {
    visit("tag", self.tag);
    visit("also", self.also);
    visit("adult", self.adult);
    visit("reserved", self.reserved);
    visit("note", self.note);
  }
};

// An annotation and where it stands.
struct KnownLine {
  Annotation annotation;  // languages and tags in their usual spelling, selector folded
  std::string place;      // "sites/policy.ndjson:3"
};

class Knowledge {
 public:
  // `files`: NDJSON, in any order, and one registry.tsv (its name ends in .tsv).
  // Throws Failure naming file and line for a line that can't be used: another
  // kind, no selector or two, a code that is not in the registry, a reason that no
  // file explains, a code or reason explained twice.
  explicit Knowledge(const std::vector<std::string>& files);

  const std::vector<KnownLine>& lines() const { return lines_; }
  // The lines (their indexes) with this selector, in the order of the files.
  const std::vector<std::size_t>& by_identifier(std::string_view identifier) const;
  const std::vector<std::size_t>& by_host(std::string_view host) const;
  const std::vector<std::size_t>& by_key(std::string_view key) const;
  const std::vector<std::size_t>& by_server(std::string_view first_8_of_key) const;

  // Null when nobody named it. `pt-BR` falls back to `pt`.
  const LanguageName* language(std::string_view code) const;
  const LanguageRegistry& registry() const { return *registry_; }

  const std::vector<ReasonText>& reasons() const { return reasons_; }  // as in the files
  const ReasonText* reason(std::string_view code) const;

  // The word that stands for this normalised tag: itself, unless it is a synonym.
  std::string tag_for(std::string_view tag) const;
  bool is_reserved(std::string_view tag) const { return reserved_.count(std::string{tag}) > 0; }
  const std::vector<std::string>& adult_words() const { return adult_words_; }  // folded

 private:
  using Index = std::unordered_map<std::string, std::vector<std::size_t>>;
  static const std::vector<std::size_t>& found(const Index& index, std::string_view key);
  void add(std::string_view kind, const Json& json, std::string place);
  void add_annotation(Annotation annotation, std::string place);
  void add_tag_word(const TagWord& word);

  std::optional<LanguageRegistry> registry_;
  std::vector<KnownLine> lines_;
  Index by_identifier_, by_host_, by_key_, by_server_;
  std::unordered_map<std::string, LanguageName> languages_;
  std::vector<ReasonText> reasons_;
  std::unordered_map<std::string, std::string> tag_for_;
  std::set<std::string> reserved_;
  std::vector<std::string> adult_words_;
};
