#include "pages/site.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <set>

#include "base/ascii.hpp"
#include "base/nearest.hpp"
#include "cli/errors.hpp"
#include "model/hash.hpp"
#include "ndjson/input.hpp"
#include "pages/page_kind.hpp"
#include "pages/script.hpp"
#include "pages/template_names.hpp"
#include "text/clean.hpp"

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDefaultLanguage = "en";
constexpr std::array<std::string_view, 5> kTemplateKinds{".html", ".xml", ".txt", ".svg", ".atom"};

std::string content_hash(std::string_view content) {
  std::uint64_t hash = stable_hash(content);
  std::string text;
  for (int i = 0; i < 12; ++i, hash >>= 4) text += "0123456789abcdef"[hash & 15];
  return text;
}

// Files that editors and file systems leave beside those that people write, and folders of git.
bool is_left_behind(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  if (name.starts_with(".#") || name.starts_with("._") || name.starts_with('#')) return true;
  for (const std::string_view end : {"~", ".swp", ".swo", ".bak", ".orig", ".rej", ".DS_Store"})
    if (name.ends_with(end)) return true;
  return entry.is_directory() && name.starts_with('.') && name != ".well-known";
}

// The files below the folders: their relative paths, and their places in the first folder that has
// them.
using Files = std::map<std::string, std::string, std::less<>>;
Files files_in(const std::vector<std::string>& folders, const std::string& below) {
  Files found;
  for (const std::string& folder : folders) {
    std::error_code error;
    std::string place = folder + below;  // where an error is
    for (auto at = fs::recursive_directory_iterator{place, error};
         !error && at != fs::recursive_directory_iterator{}; at.increment(error)) {
      place = at->path().generic_string();
      if (is_left_behind(*at))
        at.disable_recursion_pending();
      else if (at->is_regular_file())
        found.emplace(at->path().lexically_relative(folder + below).generic_string(), place);
    }
    // A folder need not have assets/ and so on.
    if (error && error != std::errc::no_such_file_or_directory)
      throw Failure{place + ": " + error.message()};
  }
  return found;
}

// A file that people write, without the byte order mark that some editors put in front.
std::string read_text(const std::string& place) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string text = read_file(place);
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  const std::string good = mend_utf8(text);
  const auto [bad, mended] = std::mismatch(text.begin(), text.end(), good.begin(), good.end());
  if (bad != text.end())
    throw Failure{place + ":" + std::to_string(1 + std::count(text.begin(), bad, '\n')) +
                  ": this is not UTF-8; save the file as UTF-8"};
  return text;
}

void check_name(std::string_view path, const std::string& place) {
  if (path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789._~+-/") != std::string_view::npos)
    throw Failure{place + ": the name should have only letters, digits and . _ ~ + -"};
}

// Folders that hold no templates.
constexpr std::array<std::string_view, 3> kOtherFolders{"assets/", "static/", "translations/"};

bool is_template(std::string_view file) {
  return std::any_of(kTemplateKinds.begin(), kTemplateKinds.end(),
                     [&](std::string_view kind) { return file.ends_with(kind); });
}

SiteLanguage language_of(std::string code, Translations translations) {
  SiteLanguage language{std::move(code), "", "", "", std::move(translations)};
  const auto need = [&](std::string_view name) {
    const std::string* text = language.translations.find(name);
    if (!text || text->empty())
      throw Failure{language.translations.place_of(name) + ": \"" + std::string{name} + "\" is " +
                    (text ? "empty" : "missing")};
    return *text;
  };
  language.name = need("language_name");
  language.direction = need("direction");
  if (const std::string* thousands = language.translations.find("thousands"))
    language.thousands = *thousands;
  need("site_name");
  if (language.direction != "ltr" && language.direction != "rtl")
    throw Failure{language.translations.place_of("direction") +
                  ": \"direction\" should be ltr or rtl"};
  if (language.code.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") !=
      std::string::npos)
    throw Failure{language.translations.file + ": the name of the file should be a language code"};
  return language;
}

// Translations for words in the data may be missing: then the word itself is shown.
bool may_be_missing(std::string_view name) {
  for (const std::string_view begin : {"outcome_", "state_", "reason_", "source_", "event_"})
    if (name.starts_with(begin)) return true;
  return false;
}

// Throws Failure for a text that only one of them has. In an operator's own folder, its name is
// misspelt.
void compare_translations(const Translations& a, const Translations& b, std::string_view project) {
  for (const auto& [name, text] : a.texts) {
    if (b.find(name) || may_be_missing(name)) continue;
    const std::string& place = a.place_of(name);
    if (place.starts_with(project))
      throw Failure{b.file + ": \"" + name + "\" is missing; it is in " + place};
    std::vector<std::string_view> names;
    for (const auto& [known, its_text] : b.texts) names.push_back(known);
    throw Failure{place + ": no text is called \"" + name + '"' + did_you_mean(name, names)};
  }
}

}  // namespace

Site::Site(std::vector<std::string> folders) {
  for (std::string& folder : folders)
    while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  read_translations(folders);
  read_templates(folders);
  read_copies(folders);
  find_misspelt(folders);
}

// compare_translations allows texts for words in the data that it does not know.
void Site::find_misspelt_texts(const std::string& project) {
  std::set<std::string_view> names;
  for (const SiteLanguage& language : languages_)
    for (const auto& [name, place] : language.translations.places)
      if (place.starts_with(project)) names.insert(name);
  for (const SiteLanguage& language : languages_)
    for (const auto& [name, place] : language.translations.places) {
      if (!may_be_missing(name) || names.contains(name)) continue;
      for (const std::string_view known : names)
        if (is_slip(name, known)) {
          notices_.push_back(place + ": \"" + name +
                             "\" takes the place of no text; did you mean \"" + std::string{known} +
                             "\"?");
          break;
        }
    }
}

void Site::find_misspelt(const std::vector<std::string>& folders) {
  const Files project = files_in({folders.back()}, "");
  std::vector<std::string_view> names;
  for (const auto& [file, place] : project) names.push_back(file);
  for (const auto& [file, place] : files_in({folders.begin(), folders.end() - 1}, "")) {
    // The codes of languages are all near each other.
    if (project.contains(file) || file.starts_with("translations/")) continue;
    for (const std::string_view name : names)
      if (is_slip(file, name)) {
        notices_.push_back(place + " takes the place of no file; did you mean " +
                           std::string{name} + "?");
        break;
      }
  }
}

void Site::read_templates(const std::vector<std::string>& folders) {
  for (const auto& [file, place] : files_in(folders, "")) {
    const auto is_below = [&, &file = file](std::string_view folder) {
      return file.starts_with(folder);
    };
    if (!is_template(file) || std::any_of(kOtherFolders.begin(), kOtherFolders.end(), is_below))
      continue;
    if (const auto slash = file.find('/'); slash != std::string::npos) {
      check_name(file, place);
      if (language(file.substr(0, slash)))
        throw Failure{place + ": a template can't be in a folder with the name of a site language"};
    }
    files_[file] = {place, read_text(place)};
  }
  if (files_.empty()) throw Failure{folders.back() + ": there are no templates here"};
}

void Site::read_translations(const std::vector<std::string>& folders) {
  std::map<std::string, Translations> by_code;
  for (const std::string& folder : folders)
    for (const auto& [file, place] : files_in({folder}, "/translations")) {
      if (!file.ends_with(".txt")) continue;
      Translations texts = parse_translations(place, read_text(place));
      Translations& all = by_code[file.substr(0, file.size() - 4)];
      all.file = place;
      all.texts.merge(texts.texts);
      all.places.merge(texts.places);
    }
  for (auto& [code, translations] : by_code)
    languages_.push_back(language_of(code, std::move(translations)));
  const auto is_default = [](const SiteLanguage& a) { return a.code == kDefaultLanguage; };
  if (!std::any_of(languages_.begin(), languages_.end(), is_default))
    throw Failure{folders.back() +
                  "/translations/en.txt: there is no such file; --sites names the "
                  "folder of the templates"};
  std::stable_partition(languages_.begin(), languages_.end(), is_default);
  const std::string project = folders.back() + "/translations/";
  for (const SiteLanguage& language : languages_) {
    compare_translations(languages_[0].translations, language.translations, project);
    compare_translations(language.translations, languages_[0].translations, project);
  }
  find_misspelt_texts(project);
}

void Site::read_copies(const std::vector<std::string>& folders) {
  for (const auto& [file, place] : files_in(folders, "/assets")) {
    if (file.find('/') != std::string::npos) continue;
    const auto dot = file.rfind('.');
    if (dot == std::string::npos) throw Failure{place + ": the name should end in .KIND"};
    const std::string path = "assets/" + file.substr(0, dot) + "." +
                             content_hash(Copy{"assets/" + file, place}.content()) +
                             file.substr(dot);
    std::string name = file;
    for (char& c : name)
      if (!is_alnum(c)) c = '_';
    if (!assets_.emplace(name, path).second)
      throw Failure{place + ": another file is called " + name + " in templates"};
    copies_.push_back({path, place});
  }
  for (const auto& [file, place] : files_in(folders, "/static")) copies_.push_back({file, place});
  for (const Copy& copy : copies_) check_name(copy.path, copy.place);
}

std::string Site::Copy::content() const {
  const std::string content = read_file(place);
  return path.starts_with("assets/") && path.ends_with(".js") ? published_script(content) : content;
}

const SiteLanguage* Site::language(std::string_view code) const {
  for (const SiteLanguage& language : languages_)
    if (language.code == code) return &language;
  return nullptr;
}

std::vector<std::string> Site::templates() const {
  std::vector<std::string> names;
  for (const auto& [file, content] : files_)
    if (file[file.rfind('/') + 1] != '+') names.push_back(file);
  return names;
}

TemplateRules Site::rules(std::string_view file, const SiteLanguage& language) const {
  TemplateRules rules;
  rules.file = [this](std::string_view name) {
    const auto found = files_.find(name);
    return found == files_.end() ? nullptr : &found->second.content;
  };
  rules.place = [this](std::string_view name) {
    const auto found = files_.find(name);
    return found == files_.end() ? std::string{name} : found->second.place;
  };
  rules.extension = ".html";
  rules.translations = &language.translations;
  rules.names = {std::begin(kCommonNames), std::end(kCommonNames)};
  const PageKind& kind = kind_of_template(file);
  rules.names.insert(kind.names.begin(), kind.names.end());
  for (const auto& [name, path] : assets_) rules.names.insert(name);
  return rules;
}

std::string Site::label(const SiteLanguage& language, std::string_view prefix,
                        std::string_view value) {
  std::string name = std::string{prefix} + "_" + std::string{value};
  std::replace(name.begin(), name.end(), '-', '_');
  const std::string* text = language.translations.find(name);
  return text ? *text : std::string{value};
}
