// What the site is made of: the folder sites/ in memory (sites/README.md), and those that people
// lay over it with what they have otherwise.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "template/template.hpp"

struct SiteLanguage {
  std::string code;  // "cs"
  std::string name;  // in itself
  std::string direction;
  std::string thousands;  // what parts them: "," in "12,345"
  Translations translations;
};

class Site {
 public:
  // Reads the folders: of a file, or of one text of a language, that several have, the first
  // counts. Throws Failure where they can't make a site: no translations, names that differ
  // between languages, a file whose name can't be published.
  explicit Site(std::vector<std::string> folders);

  const std::vector<SiteLanguage>& languages() const { return languages_; }  // the default first
  const SiteLanguage* language(std::string_view code) const;

  // Templates that make pages (not parts): their paths from the folder, in order.
  std::vector<std::string> templates() const;
  bool has(std::string_view file) const { return files_.find(file) != files_.end(); }
  // What a template may name, and where its parts and translations are.
  TemplateRules rules(std::string_view file, const SiteLanguage& language) const;

  // The text of a label: the translation PREFIX_VALUE, or the value itself.
  static std::string label(const SiteLanguage& language, std::string_view prefix,
                           std::string_view value);

  // Files and texts of the other folders whose name is nearly that of one of the last folder, in
  // words.
  const std::vector<std::string>& notices() const { return notices_; }

  // Files that are no templates.
  struct Copy {
    std::string path;             // "assets/style.0123456789ab.css"
    std::string place;            // where it is read from
    std::string content() const;  // its bytes; of a script in assets/, what browsers need
  };
  const std::vector<Copy>& copies() const { return copies_; }
  // Names for templates ("style_css") -> path in the output.
  const std::map<std::string, std::string>& assets() const { return assets_; }

 private:
  struct File {
    std::string place;  // "sites/index.html"
    std::string content;
  };
  void read_templates(const std::vector<std::string>& folders);
  void read_translations(const std::vector<std::string>& folders);
  void read_copies(const std::vector<std::string>& folders);
  void find_misspelt(const std::vector<std::string>& folders);
  void find_misspelt_texts(const std::string& project);

  std::map<std::string, File, std::less<>> files_;
  std::vector<SiteLanguage> languages_;
  std::vector<std::string> notices_;
  std::vector<Copy> copies_;
  std::map<std::string, std::string> assets_;
};
