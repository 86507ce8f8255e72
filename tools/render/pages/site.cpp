#include "pages/site.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>

#include "cli/errors.hpp"
#include "model/hash.hpp"
#include "ndjson/lines.hpp"
#include "pages/page_kind.hpp"
#include "pages/template_names.hpp"

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

// The files of a folder, or of all below it: paths from there, in order.
template <class Iterator>
std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (const auto& entry : Iterator{folder, error})
    if (entry.is_regular_file())
      found.push_back(entry.path().lexically_relative(folder).generic_string());
  std::sort(found.begin(), found.end());
  return found;
}
using Flat = fs::directory_iterator;
using Deep = fs::recursive_directory_iterator;

bool is_template(std::string_view file) {
  return std::any_of(kTemplateKinds.begin(), kTemplateKinds.end(),
                     [&](std::string_view kind) { return file.ends_with(kind); });
}

SiteLanguage language_of(std::string code, Translations translations) {
  SiteLanguage language{std::move(code), "", "", "", std::move(translations)};
  const auto need = [&](std::string_view name) {
    const std::string* text = language.translations.find(name);
    if (!text)
      throw Failure{language.translations.file + ": \"" + std::string{name} + "\" is missing"};
    return *text;
  };
  language.name = need("language_name");
  language.direction = need("direction");
  if (const std::string* thousands = language.translations.find("thousands"))
    language.thousands = *thousands;
  need("site_name");
  if (language.direction != "ltr" && language.direction != "rtl")
    throw Failure{language.translations.file + ": \"direction\" should be ltr or rtl"};
  if (language.code.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") !=
      std::string::npos)
    throw Failure{language.translations.file + ": the name of the file should be a language code"};
  return language;
}

// Translations of the data's words may be missing: then the word itself is shown.
bool may_be_missing(std::string_view name) {
  for (const std::string_view begin : {"outcome_", "state_", "reason_", "source_", "event_"})
    if (name.starts_with(begin)) return true;
  return false;
}

void compare_translations(const Translations& a, const Translations& b) {
  for (const auto& [name, text] : a.texts)
    if (!b.find(name) && !may_be_missing(name))
      throw Failure{b.file + ": \"" + name + "\" is missing; it is in " + a.file};
}

}  // namespace

Site::Site(std::string folder) : folder_{std::move(folder)} {
  while (folder_.size() > 1 && folder_.back() == '/') folder_.pop_back();
  for (const std::string& file : files_in<Flat>(folder_))
    if (is_template(file)) files_[file] = read_file(folder_ + "/" + file);
  if (files_.empty()) throw Failure{folder_ + ": there are no templates here"};

  for (const std::string& file : files_in<Flat>(folder_ + "/translations")) {
    if (!file.ends_with(".txt")) continue;
    const std::string place = folder_ + "/translations/" + file;
    languages_.push_back(
        language_of(file.substr(0, file.size() - 4), parse_translations(place, read_file(place))));
  }
  const auto is_default = [](const SiteLanguage& a) { return a.code == kDefaultLanguage; };
  if (!std::any_of(languages_.begin(), languages_.end(), is_default))
    throw Failure{folder_ + "/translations/en.txt: there is no such file"};
  std::stable_partition(languages_.begin(), languages_.end(), is_default);
  for (const SiteLanguage& language : languages_) {
    compare_translations(languages_[0].translations, language.translations);
    compare_translations(language.translations, languages_[0].translations);
  }

  for (const std::string& file : files_in<Flat>(folder_ + "/assets")) {
    const std::string place = folder_ + "/assets/" + file;
    const auto dot = file.rfind('.');
    if (dot == std::string::npos) throw Failure{place + ": the name should end in .KIND"};
    const std::string path =
        "assets/" + file.substr(0, dot) + "." + content_hash(read_file(place)) + file.substr(dot);
    std::string name = file;
    for (char& c : name)
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) c = '_';
    if (!assets_.emplace(name, path).second)
      throw Failure{place + ": another file is called " + name + " in templates"};
    copies_.push_back({path, place});
  }
  for (const std::string& file : files_in<Deep>(folder_ + "/static"))
    copies_.push_back({file, folder_ + "/static/" + file});
  for (const Copy& copy : copies_)
    if (copy.path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "0123456789._~+-/") != std::string::npos)
      throw Failure{copy.place + ": the name should have only letters, digits and . _ ~ + -"};
}

const SiteLanguage* Site::language(std::string_view code) const {
  for (const SiteLanguage& language : languages_)
    if (language.code == code) return &language;
  return nullptr;
}

std::vector<std::string> Site::templates() const {
  std::vector<std::string> names;
  for (const auto& [file, content] : files_)
    if (!file.starts_with('+')) names.push_back(file);
  return names;
}

TemplateRules Site::rules(std::string_view file, const SiteLanguage& language) const {
  TemplateRules rules;
  rules.file = [this](std::string_view name) {
    const auto found = files_.find(name);
    return found == files_.end() ? nullptr : &found->second;
  };
  rules.folder = folder_ + "/";
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
