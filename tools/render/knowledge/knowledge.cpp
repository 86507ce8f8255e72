#include "knowledge/knowledge.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/time.hpp"
#include "cli/errors.hpp"
#include "knowledge/owner_text.hpp"
#include "ndjson/lines.hpp"
#include "record/fields.hpp"
#include "record/strict.hpp"
#include "text/fold.hpp"

namespace {

struct PlacedLine {
  Json json;
  std::string place;
};

std::string in_quotes(std::string_view text) { return "\"" + std::string{text} + "\""; }

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return ('0' <= c && c <= '9') || ('a' <= c && c <= 'f'); });
}

// A day, or a month or a year where no more is known.
bool is_date(std::string_view text) {
  const std::string_view rest = std::string_view{"0000-01-01T00:00:00Z"}.substr(text.size());
  return (text.size() == 4 || text.size() == 7 || text.size() == 10) &&
         parse_rfc3339(std::string{text} + std::string{rest}).has_value();
}

void fold_in_place(std::optional<std::string>& text) {
  if (text) text = fold_case(*text);
}

// The one selector that the line must have, folded.
void check_selector(Annotation& line) {
  int selectors = 0;
  for (auto* selector : {&line.identifier, &line.server, &line.host, &line.key}) {
    selectors += selector->has_value();
    fold_in_place(*selector);
  }
  if (selectors != 1)
    throw BadLine{
        "expected exactly one of \"identifier\", \"server\", \"host\" and \"key\", found " +
        (selectors ? std::to_string(selectors) : "none")};
  if (line.identifier) {
    const std::size_t plus = line.identifier->rfind('+');
    const std::size_t digits =
        plus == line.identifier->npos ? 0 : line.identifier->size() - plus - 1;
    if (digits < 4 || digits > 64 || plus == 0 || !is_hex(line.identifier->substr(plus + 1)))
      throw BadLine{"\"identifier\" should be TOKEN+HEX with 4 to 64 hex digits"};
  }
  if (line.server && (line.server->size() < 8 || line.server->size() > 64 || !is_hex(*line.server)))
    throw BadLine{"\"server\" should be 8 to 64 hex digits"};
  if (line.key && (line.key->size() != 64 || !is_hex(*line.key)))
    throw BadLine{"\"key\" should be 64 hex digits"};
  if (line.host && (line.host->empty() || line.host->find('/') != line.host->npos))
    throw BadLine{"\"host\" should be HOST or HOST:PORT"};
}

}  // namespace

const std::string& selector_of(const Annotation& line) {
  for (const auto* selector : {&line.identifier, &line.server, &line.host})
    if (*selector) return **selector;
  return *line.key;
}

Knowledge::Knowledge(const std::vector<std::string>& files, std::vector<std::string>* mistakes) {
  std::vector<PlacedLine> lines;
  for (const std::string& file : files) {
    if (file.ends_with(".tsv")) {
      registry_ = LanguageRegistry{read_file(file), file};
      continue;
    }
    for_each_line({file}, {}, "", [&](const Line& line) {
      Json json = line.json();
      lines.push_back({std::move(json), line.place()});
    });
  }
  const auto refuse = [&](const PlacedLine& line, const std::string& why) {
    if (!mistakes) throw Failure{line.place + ": " + why};
    mistakes->push_back(line.place + ": " + why);
  };
  // What annotations refer to comes first, wherever it stands.
  constexpr std::array kOrder{ReasonText::kKind, TagWord::kKind, LanguageName::kKind,
                              LexiconEntry::kKind, Annotation::kKind};
  for (const std::string_view kind : kOrder)
    for (const PlacedLine& line : lines) try {
        if (kind_of(line.json) != kind) continue;
        if (kind == ReasonText::kKind) add_reason(from_strict_json<ReasonText>(line.json));
        if (kind == TagWord::kKind) add_tag_word(from_strict_json<TagWord>(line.json));
        if (kind == LanguageName::kKind) add_language(from_strict_json<LanguageName>(line.json));
        if (kind == LexiconEntry::kKind)
          add_lexicon_entry(from_strict_json<LexiconEntry>(line.json));
        if (kind == Annotation::kKind)
          add_annotation(from_strict_json<Annotation>(line.json), line.place);
      } catch (const BadLine& bad) {
        refuse(line, bad.why);
      }
  for (const PlacedLine& line : lines) try {
      check_kind(kind_of(line.json), kOrder);
    } catch (const BadLine& bad) {
      refuse(line, bad.why);
    }
}

std::string Knowledge::known_code(std::string_view code) const {
  const auto known = registry_.canonical(code);
  if (!known) throw BadLine{known.reason()};
  return *known;
}

void Knowledge::add_reason(ReasonText reason) {
  if (this->reason(reason.code)) throw BadLine{"reason " + in_quotes(reason.code) + " comes twice"};
  reasons_.push_back(std::move(reason));
}

void Knowledge::add_language(LanguageName language) {
  const std::string code = known_code(language.code);
  if (code != language.code)
    throw BadLine{in_quotes(language.code) + " is usually written " + in_quotes(code)};
  if (!languages_.emplace(code, std::move(language)).second)
    throw BadLine{"language " + in_quotes(code) + " comes twice"};
}

void Knowledge::add_tag_word(const TagWord& word) {
  std::vector<std::string> spellings{word.tag};
  spellings.insert(spellings.end(), word.also.begin(), word.also.end());
  const std::string tag = normalised_tag(word.tag);
  for (const std::string& spelling : spellings) {
    const std::string normal = normalised_tag(spelling);
    if (normal.empty()) throw BadLine{in_quotes(spelling) + " can't be a tag"};
    if (const auto [known, is_new] = tag_for_.emplace(tag_key(normal), tag); !is_new) {
      // "game" and "games" of one line are one tag anyway.
      if (known->second != tag || normal == tag)
        throw BadLine{"tag " + in_quotes(normal) + " comes twice"};
    }
    if (word.reserved.value_or(false)) reserved_.insert(tag);
  }
}

void Knowledge::add_lexicon_entry(LexiconEntry entry) {
  if (entry.list == "language" && known_code(entry.id) != entry.id)
    throw BadLine{in_quotes(entry.id) + " is usually written " + in_quotes(known_code(entry.id))};
  if (entry.names && entry.names->object())
    for (const JsonMember& name : *entry.names->object()) known_code(name.name);
  lexicon_.add(entry);
  if (entry.list == "topic") topics_.push_back(std::move(entry));
}

void Knowledge::add_annotation(Annotation line, const std::string& place) {
  check_selector(line);
  for (std::string& code : line.languages) code = known_code(code);
  for (std::string& tag : line.tags) {
    const std::string normal = normalised_tag(tag);
    if (normal.empty()) throw BadLine{in_quotes(tag) + " can't be a tag"};
    tag = tag_for(normal);
  }
  if (line.reason && !reason(*line.reason)) {
    std::string known;
    for (const ReasonText& text : reasons_) known += (known.empty() ? "" : ", ") + text.code;
    throw BadLine{"no file explains the reason " + in_quotes(*line.reason) +
                  "; reasons.ndjson, beside the templates, has " + known};
  }
  if ((line.hidden || line.nsfw || line.pinned) && !line.reason)
    throw BadLine{"\"reason\" is missing: what is hidden, adult or pinned says why"};
  if ((line.hidden || line.nsfw || line.pinned) && !line.date)
    throw BadLine{"\"date\" is missing: what is hidden, adult or pinned says since when"};
  if (line.date && !is_date(*line.date))
    throw BadLine{"\"date\" should be like 2026-11-22, 2026-11 or 2026"};
  if (line.staff_count && *line.staff_count < 0)
    throw BadLine{"\"staff_count\" should not be negative"};

  const std::size_t index = lines_.size();
  if (line.identifier) by_identifier_[*line.identifier].push_back(index);
  if (line.host) by_host_[*line.host].push_back(index);
  if (line.key) by_key_[*line.key].push_back(index);
  if (line.server) by_server_[line.server->substr(0, 8)].push_back(index);
  lines_.push_back({std::move(line), place});
}

const std::vector<std::size_t>& Knowledge::found(const Index& index, std::string_view key) {
  static const std::vector<std::size_t> none;
  const auto at = index.find(fold_case(key));
  return at == index.end() ? none : at->second;
}

const std::vector<std::size_t>& Knowledge::by_identifier(std::string_view identifier) const {
  return found(by_identifier_, identifier);
}
const std::vector<std::size_t>& Knowledge::by_host(std::string_view host) const {
  return found(by_host_, host);
}
const std::vector<std::size_t>& Knowledge::by_key(std::string_view key) const {
  return found(by_key_, key);
}
std::vector<std::size_t> Knowledge::by_server(std::string_view key) const {
  std::vector<std::size_t> begins;
  for (const std::size_t index : found(by_server_, key.substr(0, 8)))
    if (key.starts_with(*lines_[index].annotation.server)) begins.push_back(index);
  return begins;
}

const LanguageName* Knowledge::language(std::string_view code) const {
  for (;;) {
    if (const auto at = languages_.find(std::string{code}); at != languages_.end())
      return &at->second;
    const std::size_t hyphen = code.rfind('-');
    if (hyphen == code.npos) return nullptr;
    code = code.substr(0, hyphen);
  }
}

const ReasonText* Knowledge::reason(std::string_view code) const {
  for (const ReasonText& reason : reasons_)
    if (reason.code == code) return &reason;
  return nullptr;
}

std::string Knowledge::tag_for(std::string_view tag) const {
  const auto at = tag_for_.find(tag_key(tag));
  return at == tag_for_.end() ? std::string{tag} : at->second;
}

std::vector<std::string> knowledge_files(const std::string& languages, const std::string& sites,
                                         const std::optional<std::string>& policy) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator{languages, error})
    if (entry.path().extension() == ".ndjson" || entry.path().extension() == ".tsv")
      files.push_back(entry.path());
  if (error) throw Failure{languages + ": " + error.message()};
  std::sort(files.begin(), files.end());
  const auto add_if_there = [&](const std::string& file) {
    if (std::filesystem::exists(file)) files.push_back(file);
  };
  add_if_there(sites + "/reasons.ndjson");
  if (policy)
    files.push_back(*policy);
  else
    add_if_there(sites + "/policy.ndjson");
  return files;
}
