// What people know: the NDJSON files of languages/ and sites/ with the kinds
// `annotation`, `language`, `reason`, `tag` and `lexicon-entry` (languages/README.md).
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "classify/lexicon.hpp"
#include "knowledge/owner_text.hpp"
#include "language/registry.hpp"
#include "record/annotation.hpp"
#include "record/language.hpp"
#include "record/reason.hpp"
#include "record/tag.hpp"
#include "text/lookalike.hpp"

// An annotation and where it stands.
struct KnownLine {
  Annotation annotation;  // languages and tags in their usual spelling, selector folded
  std::string place;      // "sites/policy.ndjson:3"
  std::size_t number;     // in Knowledge::lines()
};

// A line that can't be used.
struct KnowledgeMistake {
  std::string place, why;
  std::string identifier;     // that the line has, if it has one
  bool grants_trust = false;  // so it needs a whole key
};

// The selector: what the line is about.
const std::string& selector_of(const Annotation& line);
// Whether it hides, or marks as adult.
bool takes_away(const Annotation& line);

class Knowledge {
 public:
  // `files`: NDJSON in any order, and the registry of language codes (its name ends
  // in .tsv). Throws Failure naming file and line for a line that can't be used:
  // another kind, no selector or two, a code that is not in the registry, a reason
  // that no file explains, a code, reason or tag explained twice, trust that is granted or
  // taken by an older identifier. With `mistakes`, such lines are added there and left out.
  explicit Knowledge(const std::vector<std::string>& files,
                     std::vector<KnowledgeMistake>* mistakes = nullptr);

  const std::vector<KnownLine>& lines() const { return lines_; }
  // The indexes of the lines about it, in the order of the files. Only this function matches trust:
  // tokens without regard to case, and a prefix of the key of 8 digits or more.
  std::vector<std::size_t> of_community(std::string_view token, std::string_view key) const;
  std::vector<std::size_t> of_server(std::string_view key) const;  // by key or server id
  const std::vector<std::size_t>& of_host(std::string_view host) const;
  // Lines with this older identifier, of 4 digits: only their languages and tags count.
  const std::vector<std::size_t>& of_older(std::string_view identifier) const;

  // Null if no file names it. `pt-BR` falls back to `pt`.
  const LanguageName* language(std::string_view code) const;
  const LanguageRegistry& registry() const { return registry_; }
  const Lexicon& lexicon() const { return lexicon_; }
  // Of the list `topic`, in the order of its file: names, and words as synonyms for a search.
  const std::vector<LexiconEntry>& topics() const { return topics_; }
  const OwnerLabels& labels() const { return labels_; }

  const std::vector<ReasonText>& reasons() const { return reasons_; }  // as in the files
  const ReasonText* reason(std::string_view code) const;

  // The tag to show for this normalised tag: the tag itself, unless it is a synonym.
  std::string tag_for(std::string_view tag) const;
  // Also if it only looks like a reserved word: "0fficial".
  bool is_reserved(std::string_view tag) const { return reserved_.contains(skeleton_of(tag)); }
  // The skeleton of a Community's name, without reserved words: "[Official] Cats" looks like
  // "Cats".
  std::string skeleton_of_name(std::string_view name) const {
    return skeleton_without(name,
                            [this](const std::string& word) { return reserved_.contains(word); });
  }

 private:
  using Index = std::unordered_map<std::string, std::vector<std::size_t>>;
  static const std::vector<std::size_t>& found(const Index& index, std::string_view key);
  // Throws BadLine, with an example, for a line that should have a reason and a date.
  void check_why_and_when(const Annotation& line) const;
  void add_annotation(Annotation annotation, const std::string& place);
  void add_language(LanguageName language);
  void add_reason(ReasonText reason);
  void add_tag_word(const TagWord& word);
  void add_lexicon_entry(LexiconEntry entry);
  void add_label(const LexiconEntry& entry);
  std::string known_code(std::string_view code) const;

  LanguageRegistry registry_;
  Lexicon lexicon_;
  std::vector<LexiconEntry> topics_;
  OwnerLabels labels_;
  std::vector<KnownLine> lines_;
  Index by_identifier_;  // by TOKEN+ and the first 8 digits, or the 4 of an older form
  Index by_host_;
  Index by_server_;  // by the first 8 digits of its key
  std::unordered_map<std::string, LanguageName> languages_;
  std::vector<ReasonText> reasons_;
  std::unordered_map<std::string, std::string> tag_for_;  // by tag_key()
  std::set<std::string> reserved_;                        // skeletons
};

// The path of that file in the first folder that has it; "" if none has.
std::string file_of(const std::vector<std::string>& folders, std::string_view name);

// The files of an installation: every .ndjson and .tsv of the folder `languages`,
// reasons.ndjson of the folders `sites`, and the policy; without one named, the
// policy.ndjson of `sites`. The files in `sites` may be missing. Throws Failure for a file that
// two options name, and for a folder of languages without any such file.
std::vector<std::string> knowledge_files(const std::string& languages,
                                         const std::vector<std::string>& sites,
                                         const std::vector<std::string>& policy);
